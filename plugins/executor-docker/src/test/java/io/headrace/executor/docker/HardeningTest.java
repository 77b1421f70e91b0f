package io.headrace.executor.docker;

import static io.headrace.executor.docker.TestBed.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CollectedOutput;
import io.headrace.api.Command;
import io.headrace.api.ExecutionRequest.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class HardeningTest {

    @RegisterExtension static final DockerEngine engine = new DockerEngine();

    private @TempDir Path workspace;
    private TestBed bed = TestBed.on(engine, Path.of(""));

    @BeforeEach
    void makeBed() {
        bed = TestBed.on(engine, workspace);
    }

    @Test
    void commandsHaveNoPrivilegeAtAll() throws Exception {
        try (var execution = bed.executor(Map.of()).open(bed.request())) {
            var status = said(execution, "cat /proc/self/status");

            assertThat(said(execution, "id -u; id -g")).isEqualTo("1000\n1000\n");
            assertThat(status)
                    .contains("CapEff:\t0000000000000000")
                    .contains("CapBnd:\t0000000000000000")
                    .contains("NoNewPrivs:\t1")
                    .contains("Seccomp:\t2");
        }
    }

    @Test
    void onlyWorkspaceAndTmpCanBeWritten() throws Exception {
        try (var execution = bed.executor(Map.of()).open(bed.request())) {
            assertThat(said(execution, "touch /file || touch /etc/file || touch /bin/file"))
                    .contains("Read-only file system");
            assertThat(said(execution, "touch /workspace/a /tmp/b; ls /workspace /tmp"))
                    .contains("a\n", "b\n")
                    .doesNotContain("Read-only");
        }
    }

    @Test
    void programsMayRunFromTmpButNotChangeUser() throws Exception {
        try (var execution = bed.executor(Map.of()).open(bed.request())) {
            assertThat(said(execution, "cp /bin/busybox /tmp/id; /tmp/id -u")).isEqualTo("1000\n");
            assertThat(said(execution, "grep ' /tmp ' /proc/mounts")).contains("nosuid", "nodev");
        }
    }

    @Test
    void limitsAreThoseOfTheRequest() throws Exception {
        var request = bed.request(DockerEngine.BUSYBOX, new Limits(0.5, 64L << 20, 77, false));
        try (var execution = bed.executor(Map.of()).open(request)) {
            var host = bed.inspect(request).path("HostConfig");

            assertThat(host.path("Memory").asLong()).isEqualTo(64L << 20);
            assertThat(host.path("MemorySwap").asLong()).isEqualTo(64L << 20);
            assertThat(host.path("NanoCpus").asLong()).isEqualTo(500_000_000);
            assertThat(host.path("PidsLimit").asLong()).isEqualTo(77);
            assertThat(host.path("Privileged").asBoolean()).isFalse();
            assertThat(host.path("Init").asBoolean()).isTrue();
            assertThat(said(execution, "ls /sys/class/net")).isEqualTo("lo\n");
            assertThat(said(execution, "ulimit -c")).isEqualTo("0\n");
        }
    }

    @Test
    void thereIsANetworkWhereTheRequestAllowsOne() throws Exception {
        try (var execution = bed.executor(Map.of()).open(bed.request())) {
            assertThat(said(execution, "ls /sys/class/net")).contains("eth0");
        }
    }

    @Test
    void theContainerSaysWhoseItIs() throws Exception {
        var request = bed.request();
        try (var _ = bed.executor(Map.of()).open(request)) {
            var found = bed.inspect(request);

            assertThat(found.path("Name").asText()).isEqualTo("/headrace-" + request.id());
            assertThat(found.path("Config").path("Labels").path("io.headrace.execution").asText())
                    .isEqualTo(request.id());
            assertThat(found.path("Config").path("Labels").path("io.headrace.run").asText())
                    .isEqualTo("42");
        }
    }

    @Test
    void secretsAreSeenByTheCommandAlone() throws Exception {
        var request = bed.request();
        var secret = "s3cr3t-" + request.id();
        var seen = new CollectedOutput();
        var script = "printf %s \"$TOKEN\" | wc -c; cat /proc/[0-9]*/cmdline";
        try (var execution = bed.executor(Map.of()).open(request)) {
            execution.run(
                    Command.shell(script, Map.of("TOKEN", secret), Duration.ofSeconds(20)), seen);

            assertThat(seen.stdout()).startsWith(secret.length() + "\n").doesNotContain(secret);
            assertThat(bed.inspect(request).toString()).doesNotContain(secret);
            assertThat(said(execution, "env")).doesNotContain(secret);
        }
    }

    @Test
    void anotherUserAndAWritableRootCanBeSet() throws Exception {
        var settings = Map.of("user", "1234:4321", "read-only-root", "false");
        try (var execution = bed.executor(settings).open(bed.request())) {
            assertThat(said(execution, "id -u; id -g; echo x > file; cat file"))
                    .isEqualTo("1234\n4321\nx\n");
        }
    }

    @Test
    void evenTheIdleProcessesUserCanBeSet() throws Exception {
        var executor = bed.executor(Map.of("user", "65534:65534"));
        try (var execution = executor.open(bed.request())) {
            assertThat(said(execution, "id -u")).isEqualTo("65534\n");
            assertThat(said(execution, "sleep 60 & echo still here")).isEqualTo("still here\n");
        }
    }

    @Test
    void theMachinesOwnNetworkCannotBeSet() {
        for (var network : new String[] {"host", "container:other"}) {
            assertThatThrownBy(() -> bed.executor(Map.of("network", network)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "'network' is '%s'; use bridge, none".formatted(network));
        }
    }

    @Test
    void rootCannotBeSet() {
        assertThatThrownBy(() -> bed.executor(Map.of("user", "0:0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'user' is 0:0; jobs don't run as root. Use another user, or an image that works without root");
    }

    @Test
    void aServerThatIsNotRootRunsCommandsAsItself() {
        var server = new StepUser(990, 991);

        assertThat(StepUser.of("", server)).isEqualTo(server);
        assertThat(StepUser.of("", new StepUser(0, 0))).isEqualTo(new StepUser(1000, 1000));
        assertThatThrownBy(() -> StepUser.of("1000:1000", server))
                .hasMessage(
                        "'user' is 1000:1000, but Headrace runs as 990:991 and could not remove that user's files; leave it empty");
        assertThatThrownBy(() -> StepUser.of("build", server))
                .hasMessage("'user' is 'build'; use numbers, such as 1000:1000");
    }
}
