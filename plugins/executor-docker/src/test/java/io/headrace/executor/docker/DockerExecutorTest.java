package io.headrace.executor.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.Command;
import io.headrace.api.CommandOutput;
import io.headrace.api.CommandResult;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import io.headrace.api.ExecutionRequest;
import io.headrace.api.PluginContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class DockerExecutorTest {

    @RegisterExtension static final DockerEngine engine = new DockerEngine();

    private final String installation = "test-" + UUID.randomUUID();
    private @TempDir Path workspace;
    private @TempDir Path data;

    @Test
    void runsACommandInAContainerAndRemovesIt() throws Exception {
        var executor = executor(Map.of());
        var output = new Text();

        try (var execution = executor.open(request(DockerEngine.BUSYBOX))) {
            var result = execution.run(shell("echo hello; exit 3"), output);

            assertThat(result).isEqualTo(CommandResult.exited(3));
            assertThat(output).hasToString("hello\n");
            assertThat(containers()).isEqualTo(1);
        }
        assertThat(containers()).isZero();
    }

    @Test
    void sweepsContainersOfAServerThatWasKilled() throws Exception {
        var executor = executor(Map.of());
        var live = request(DockerEngine.BUSYBOX);
        executor.open(request(DockerEngine.BUSYBOX));

        try (var _ = executor.open(live)) {
            assertThat(executor(Map.of()).sweep(installation, live.id()::equals)).isEqualTo(1);
            assertThat(containers()).isEqualTo(1);
        }
    }

    @Test
    void saysWhatToDoWhenThereIsNoEngine() {
        var executor = executor(Map.of("host", "unix:///nowhere/docker.sock"));

        assertThatThrownBy(() -> executor.open(request(DockerEngine.BUSYBOX)))
                .isInstanceOfSatisfying(
                        ExecutionException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessage(
                        "Docker engine can't be reached at unix:///nowhere/docker.sock: No such file or directory. Start it (`systemctl start docker`), or set its address in DOCKER_HOST or in the setting 'host' of the Docker executor");
        assertThat(executor.sweep(installation, id -> false)).isZero();
    }

    private int containers() throws Exception {
        var filters =
                Engine.quoted("{\"label\":[\"io.headrace.installation=" + installation + "\"]}");
        return engine.engine().get("/containers/json?all=1&filters=" + filters).size();
    }

    private DockerExecutor executor(Map<String, String> settings) {
        var executor = new DockerExecutor();
        var all = new java.util.HashMap<>(settings);
        all.putIfAbsent("host", engine.host());
        executor.configure(new PluginContext(data, executor.settings().check(all)));
        return executor;
    }

    private ExecutionRequest request(String image) {
        return new ExecutionRequest(
                UUID.randomUUID().toString(),
                installation,
                "test",
                image,
                workspace,
                ExecutionRequest.Limits.DEFAULT,
                Map.of());
    }

    private static Command shell(String script) {
        return Command.shell(script, Map.of(), Duration.ofSeconds(30));
    }

    /** Both streams as they come. */
    private static final class Text implements CommandOutput {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void stdout(byte[] chunk, int offset, int length) {
            bytes.write(chunk, offset, length);
        }

        @Override
        public void stderr(byte[] chunk, int offset, int length) {
            bytes.write(chunk, offset, length);
        }

        @Override
        public String toString() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
