package io.headrace.executor.docker;

import static io.headrace.executor.docker.TestBed.said;
import static io.headrace.executor.docker.TestBed.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headrace.api.CollectedOutput;
import io.headrace.api.Command;
import io.headrace.api.CommandOutput;
import io.headrace.api.CommandResult;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import io.headrace.api.ExecutionRequest.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class DockerExecutorTest {

    @RegisterExtension static final DockerEngine engine = new DockerEngine();

    private @TempDir Path workspace;
    private TestBed bed = TestBed.on(engine, Path.of(""));

    @BeforeEach
    void makeBed() {
        bed = TestBed.on(engine, workspace);
    }

    @AfterEach
    void leavesNoContainerBehind() throws Exception {
        assertThat(bed.containers()).isEmpty();
    }

    @Test
    void runsACommandInAContainerAndRemovesIt() throws Exception {
        var output = new CollectedOutput();

        try (var execution = bed.executor(Map.of()).open(bed.request())) {
            var result = execution.run(shell("echo hello; exit 3"), output);

            assertThat(result).isEqualTo(CommandResult.exited(3));
            assertThat(output.stdout()).isEqualTo("hello\n");
            assertThat(bed.containers()).hasSize(1);
        }
    }

    @Test
    void sweepsContainersOfAServerThatWasKilled() throws Exception {
        var executor = bed.executor(Map.of());
        var live = bed.request();
        executor.open(bed.request());

        try (var _ = executor.open(live)) {
            assertThat(bed.executor(Map.of()).sweep(bed.installation(), live.id()::equals))
                    .isEqualTo(1);
            assertThat(bed.containers()).hasSize(1);
        }
    }

    @Test
    void saysWhatToDoWhenThereIsNoEngine() throws Exception {
        var executor = bed.executor(Map.of("host", "unix:///nowhere/docker.sock"));

        assertThatThrownBy(() -> executor.open(bed.request()))
                .isInstanceOfSatisfying(
                        ExecutionException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessage(
                        "Docker engine can't be reached at unix:///nowhere/docker.sock: No such file or directory. Start it (`systemctl start docker`), or set its address in DOCKER_HOST or in the setting 'host' of the Docker executor");
        assertThat(executor.sweep(bed.installation(), id -> false)).isZero();
    }

    @Test
    void tellsWhenTheContainerWasRemovedUnderACommand() throws Exception {
        var request = bed.request();
        var output = new CollectedOutput();
        try (var execution = bed.executor(Map.of()).open(request)) {
            var run = new FutureTask<>(() -> execution.run(shell("echo on; sleep 60"), output));
            Thread.ofVirtual().start(run);
            await().until(() -> output.stdout().equals("on\n"));

            engine.engine().delete("/containers/headrace-" + request.id() + "?force=1");

            assertThatThrownBy(run::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            ExecutionException.class,
                            e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.LOST))
                    .hasMessageContaining("headrace-" + request.id());
        }
    }

    @Test
    void tellsWhenTheEngineStopsUnderACommand() throws Exception {
        var daemon = Daemon.start();
        try (daemon) {
            new DockerEngine(daemon.engine()).provide(DockerEngine.BUSYBOX);
            var executor = bed.executor(Map.of("host", daemon.engine().address().toString()));
            var execution = executor.open(bed.request());
            var output = new CollectedOutput();
            var run = new FutureTask<>(() -> execution.run(shell("echo on; sleep 60"), output));
            Thread.ofVirtual().start(run);
            await().until(() -> output.stdout().equals("on\n"));

            daemon.close();

            assertThatThrownBy(run::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            ExecutionException.class,
                            e -> assertThat(e.kind()).isIn(Kind.LOST, Kind.UNAVAILABLE));
            execution.close();
        }
    }

    @Test
    void aCommandThatIsStoppedAsItStartsEndsAtOnce() throws Exception {
        var command =
                new Command(
                        List.of("sleep", "60"),
                        Map.of(),
                        "",
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30));
        try (var execution = bed.executor(Map.of()).open(bed.request())) {
            for (var delay = 0; delay < 5; delay++) {
                var run = new FutureTask<>(() -> execution.run(command, discard()));
                var thread = Thread.ofVirtual().start(run);
                LockSupport.parkNanos(Duration.ofMillis(15L * delay).toNanos());

                thread.interrupt();

                await().atMost(Duration.ofSeconds(20)).until(run::isDone);
                assertThatThrownBy(run::get).hasCauseInstanceOf(InterruptedException.class);
            }
            assertThat(said(execution, "ps -o args")).doesNotContain("sleep 60");
        }
    }

    @Test
    void anInterruptWhileOpeningLeavesNothingBehind() throws Exception {
        var executor = bed.executor(Map.of());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> executor.open(bed.request()))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aCommandThatKillsItsShellLeavesNothingBehind() throws Exception {
        try (var execution = bed.executor(Map.of()).open(bed.request())) {
            var result = execution.run(shell("sleep 4711 & kill -s KILL $PPID"), discard());

            assertThat(result.exitCode()).isEqualTo(137);
            assertThat(said(execution, "ps -o args")).doesNotContain("4711");
        }
    }

    @Test
    void aForkBombEndsAtTheTimeLimitAndThePlaceStaysUsable() throws Exception {
        var limits = new Limits(1.0, 256L << 20, 40, false);
        var bomb =
                new Command(
                        List.of("/bin/sh", "-c", "sh -c \"$BOMB\" & while :; do :; done"),
                        Map.of("BOMB", "while :; do sh -c \"$BOMB\" & sleep 4712 & done"),
                        "",
                        Duration.ofSeconds(2),
                        Duration.ofMillis(200));
        var executor = bed.executor(Map.of());

        try (var execution = executor.open(bed.request(DockerEngine.BUSYBOX, limits))) {
            assertThat(execution.run(bomb, discard())).isEqualTo(CommandResult.ofTimeout());

            assertThat(said(execution, "ps -o args")).doesNotContain("4712").contains("ps -o");
        }
    }

    @Test
    void saysWhenMemoryRanOut() throws Exception {
        var limits = new Limits(1.0, 32L << 20, 100, false);
        var output = new CollectedOutput();
        var executor = bed.executor(Map.of());

        try (var execution = executor.open(bed.request(DockerEngine.BUSYBOX, limits))) {
            var hog = "exec awk 'BEGIN { s = \"x\"; while (1) s = s s }'";
            var result = execution.run(shell(hog), output);

            assertThat(result.exitCode()).isEqualTo(137);
            assertThat(output.stderr())
                    .endsWith(
                            "headrace: the memory limit of this job (32 MiB) was reached and a process was killed; raise the job's memory or let it use less\n");
        }
    }

    @Test
    void aHundredMegabytesOfOutputTakeLittleMemory() throws Exception {
        var count = new AtomicLong();
        var counting =
                new CommandOutput() {
                    @Override
                    public void stdout(byte[] bytes, int offset, int length) {
                        count.addAndGet(length);
                    }

                    @Override
                    public void stderr(byte[] bytes, int offset, int length) {}
                };
        var executor = bed.executor(Map.of());
        try (var execution = executor.open(bed.request())) {
            var before = heapAfterCollection();

            execution.run(shell("head -c 100000000 /dev/zero | tr '\\0' x"), counting);

            assertThat(count).hasValue(100_000_000);
            assertThat(heapAfterCollection() - before).isLessThan(8L << 20);
        }
    }

    @Test
    void theServerCanRemoveWhatACommandMade() throws Exception {
        Files.createDirectories(workspace.resolve("made/by/server"));
        try (var execution = bed.executor(Map.of()).open(bed.request())) {
            assertThat(said(execution, "echo x > made/by/server/file && mkdir -p d/e && id -u"))
                    .isEqualTo("1000\n");
            said(execution, "touch d/e/f; chmod 0 d/e/f; chmod 500 d/e d");
        }

        Files.delete(workspace.resolve("d/e/f"));
        assertThat(workspace.resolve("made/by/server/file")).hasContent("x");
    }

    @Test
    void saysWhichWorkingDirectoryIsMissing() throws Exception {
        var command =
                new Command(
                        List.of("true"),
                        Map.of(),
                        "no/where",
                        Duration.ofSeconds(9),
                        Duration.ZERO);
        try (var execution = bed.executor(Map.of()).open(bed.request())) {
            assertThatThrownBy(() -> execution.run(command, discard()))
                    .isInstanceOfSatisfying(
                            ExecutionException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
                    .hasMessage(
                            "There is no working directory 'no/where' in the container; make it in an earlier step, or correct its name");
        }
    }

    @Test
    void programsThatAreNotThereOrNotProgramsExitAsInAShell() throws Exception {
        Files.writeString(workspace.resolve("notes"), "text");
        try (var execution = bed.executor(Map.of()).open(bed.request())) {
            assertThat(execution.run(program("./notes"), discard()).exitCode()).isEqualTo(126);
            assertThat(execution.run(program("exit"), discard()).exitCode()).isEqualTo(127);
        }
    }

    private static Command program(String name) {
        return new Command(List.of(name), Map.of(), "", Duration.ofSeconds(9), Duration.ZERO);
    }

    private static CommandOutput discard() {
        return new CollectedOutput();
    }

    private static long heapAfterCollection() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
