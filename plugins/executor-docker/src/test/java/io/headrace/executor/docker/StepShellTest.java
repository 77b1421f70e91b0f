package io.headrace.executor.docker;

import static io.headrace.executor.docker.TestBed.said;
import static io.headrace.executor.docker.TestBed.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headrace.api.CollectedOutput;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import io.headrace.api.ExecutionRequest.Limits;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts around commands, in the shells that images have. Busybox's has the contract test. */
final class StepShellTest {

    @RegisterExtension static final DockerEngine engine = new DockerEngine();

    private @TempDir Path workspace;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void commandsEndAsThemselvesAndLeaveNothingBehind(String shell) throws Exception {
        var image = "headrace-test/%s:1".formatted(shell);
        engine.provide(image, TestImage.withShell("/bin/" + shell));
        var bed = TestBed.on(engine, workspace);
        try (var execution = bed.executor(Map.of()).open(bed.request(image, Limits.DEFAULT))) {
            var output = new CollectedOutput();

            assertThat(execution.run(shell("exit 3"), output).exitCode()).isEqualTo(3);
            assertThat(execution.run(shell("kill -s KILL $$"), output).exitCode()).isEqualTo(137);
            assertThat(output.stdout() + output.stderr()).isEmpty();
            assertThat(said(execution, "setsid sleep 4713 & (sleep 4713 &) ; echo done"))
                    .isEqualTo("done\n");
            assertThat(said(execution, "ps -o args")).contains("ps -o").doesNotContain("4713");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void lastWordsAfterTermAreHeard(String shell) throws Exception {
        var image = "headrace-test/%s:1".formatted(shell);
        engine.provide(image, TestImage.withShell("/bin/" + shell));
        var bed = TestBed.on(engine, workspace);
        try (var execution = bed.executor(Map.of()).open(bed.request(image, Limits.DEFAULT))) {
            var output = new CollectedOutput();
            var script = "trap 'echo bye; exit 0' TERM; echo on; while :; do sleep 0.1; done";
            var run = new FutureTask<>(() -> execution.run(shell(script), output));
            Thread.ofVirtual().start(run);
            await().until(() -> output.stdout().equals("on\n"));

            execution.stop();

            assertThatThrownBy(run::get).hasCauseInstanceOf(InterruptedException.class);
            assertThat(output.stdout()).isEqualTo("on\nbye\n");
        }
    }

    @Test
    void nothingButAShellIsNeeded() throws Exception {
        var image = "headrace-test/just-a-shell:1";
        engine.provide(image, TestImage.withNothingButAShell());
        var bed = TestBed.on(engine, workspace);
        try (var execution = bed.executor(Map.of()).open(bed.request(image, Limits.DEFAULT))) {
            assertThat(said(execution, "while :; do :; done & echo done")).isEqualTo("done\n");
            assertThat(said(execution, "set -- /proc/[0-9]*; echo $#")).isEqualTo("4\n");
        }
    }

    @Test
    void anImageWithoutAShellIsSaidToBeOne() throws Exception {
        var image = "headrace-test/shell-less:1";
        engine.provide(image, TestImage.withoutShell());
        var bed = TestBed.on(engine, workspace);
        var executor = bed.executor(Map.of());

        assertThatThrownBy(() -> executor.open(bed.request(image, Limits.DEFAULT)))
                .isInstanceOfSatisfying(
                        ExecutionException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
                .hasMessage(
                        "The image 'headrace-test/shell-less:1' has no /bin/sh, which commands need; use one with a shell");
        assertThat(bed.containers()).isEmpty();
    }
}
