package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link Executor} and its {@link Execution}s promise. Extend it, say how to build
 * yours, and run. The place must have {@code /bin/sh}, {@code sleep}, {@code cat}, {@code tr} and
 * {@code setsid}, and a Linux {@code /proc}.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class ExecutorContract {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String installation = "contract-" + UUID.randomUUID();
    private @TempDir Path workspace;
    private @Nullable Executor executor;
    private @Nullable Execution execution;

    /** Returns the executor, configured. Called once for each test. */
    protected abstract Executor executor() throws Exception;

    /** Returns the image to run in; null where the executor runs none. */
    protected @Nullable String image() {
        return null;
    }

    @BeforeEach
    final void openOne() throws Exception {
        executor = executor();
        execution = open(workspace);
    }

    @AfterEach
    final void closeIt() {
        if (execution != null) {
            execution.close();
        }
    }

    @Test
    void hasATypeThatNeverChanges() {
        assertThat(underTest().type()).matches("[a-z][a-z0-9-]*").isEqualTo(underTest().type());
    }

    @Test
    void refusesAnImageWhereItRunsNone() {
        if (underTest().runsImages()) {
            return;
        }

        assertThatThrownBy(() -> underTest().open(request("busybox", workspace)))
                .isInstanceOfSatisfying(
                        ExecutionException.class,
                        e -> assertThat(e.kind()).isEqualTo(ExecutionException.Kind.INVALID))
                .hasMessageContaining("busybox");
    }

    @Test
    void keepsTheTwoStreamsApart() throws Exception {
        var output = new CollectedOutput();

        var result = place().run(shell("echo out; echo err >&2"), output);

        assertThat(result).isEqualTo(CommandResult.exited(0));
        assertThat(output.stdout()).isEqualTo("out\n");
        assertThat(output.stderr()).isEqualTo("err\n");
    }

    @Test
    void reportsFailureAsAnExitCodeNotAnException() throws Exception {
        assertThat(run("exit 3").exitCode()).isEqualTo(3);
    }

    @Test
    void reportsASignalAs128AndItsNumber() throws Exception {
        assertThat(run("kill -s KILL $$").exitCode()).isEqualTo(137);
    }

    @Test
    void saysWhichProgramIsMissing() throws Exception {
        var output = new CollectedOutput();
        var missing = new Command(List.of("no-such-program"), Map.of(), "", LIMIT, Duration.ZERO);

        try {
            assertThat(place().run(missing, output).exitCode()).isIn(126, 127);
            assertThat(output.stdout() + output.stderr()).contains("no-such-program");
        } catch (ExecutionException e) {
            assertThat(e.kind()).isEqualTo(ExecutionException.Kind.INVALID);
            assertThat(e).hasMessageContaining("no-such-program");
        }
    }

    @Test
    void passesArgumentsAsTheyAre() throws Exception {
        var output = new CollectedOutput();
        var arguments = List.of("/bin/sh", "-c", "printf '<%s>' \"$@\"", "sh", "a b", "$HOME", "");

        place().run(new Command(arguments, Map.of(), "", LIMIT, Duration.ZERO), output);

        assertThat(output.stdout()).isEqualTo("<a b><$HOME><>");
    }

    @Test
    void givesTheCommandItsEnvironment() throws Exception {
        var output = new CollectedOutput();
        var value = "two words\nand a line, ünïcode and 'quotes'";

        place().run(
                        Command.shell("printf %s \"$GREETING\"", Map.of("GREETING", value), LIMIT),
                        output);

        assertThat(output.stdout()).isEqualTo(value);
    }

    @Test
    void givesTheCommandNothingToRead() throws Exception {
        assertThat(output("cat; echo end")).isEqualTo("end\n");
    }

    @Test
    void startsInTheWorkspace() throws Exception {
        assertThat(output("pwd")).isEqualTo(place().workspace() + "\n");
    }

    @Test
    void startsInAWorkingDirectoryBelowTheWorkspaceOrAnywhere() throws Exception {
        run("mkdir -p a/b");
        var output = new CollectedOutput();

        for (var directory : List.of("a/b", place().workspace() + "/a")) {
            place().run(
                            new Command(
                                    List.of("/bin/sh", "-c", "pwd"),
                                    Map.of(),
                                    directory,
                                    LIMIT,
                                    Duration.ZERO),
                            output);
        }

        assertThat(output.stdout()).isEqualTo("%1$s/a/b\n%1$s/a\n".formatted(place().workspace()));
    }

    @Test
    void keepsFilesBetweenCommands() throws Exception {
        run("echo kept > file");

        assertThat(output("cat file")).isEqualTo("kept\n");
    }

    @Test
    void sharesTheWorkspaceIfItSaysSo() throws Exception {
        run("echo seen > file");

        assertThat(workspace.resolve("file").toFile().exists())
                .isEqualTo(place().sharesWorkspace());
    }

    @Test
    void streamsOutputAsItComes() throws Exception {
        var output = new CollectedOutput();
        var running =
                start(() ->
                        place().run(
                                        shell("echo first; while [ ! -e go ]; do sleep 0.05; done"),
                                        output));

        await().atMost(PATIENCE).until(() -> output.stdout().equals("first\n"));
        place().stop();

        assertThatThrownBy(running::get).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void losesNothingOfALargeOutput() throws Exception {
        var stdout = new AtomicLong();
        var stderr = new AtomicLong();
        var counting =
                new CommandOutput() {
                    @Override
                    public void stdout(byte[] bytes, int offset, int length) {
                        stdout.addAndGet(length);
                    }

                    @Override
                    public void stderr(byte[] bytes, int offset, int length) {
                        stderr.addAndGet(length);
                    }
                };

        place().run(
                        shell(
                                "head -c 20000000 /dev/zero; head -c 3000000 /dev/zero >&2;"
                                        + " head -c 5 /dev/zero"),
                        counting);

        assertThat(stdout).hasValue(20_000_005);
        assertThat(stderr).hasValue(3_000_000);
    }

    @Test
    void passesOnWhatTheTakerOfOutputThrows() throws Exception {
        var failing =
                new CommandOutput() {
                    @Override
                    public void stdout(byte[] bytes, int offset, int length) {
                        throw new IllegalStateException("the log is full");
                    }

                    @Override
                    public void stderr(byte[] bytes, int offset, int length) {}
                };
        var number = number();

        assertThatThrownBy(() -> place().run(shell("echo x; exec sleep " + number), failing))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the log is full");
        assertNothingRuns(number);
    }

    @Test
    void endsAtTheTimeLimit() throws Exception {
        var number = number();
        var command =
                new Command(
                        List.of("/bin/sh", "-c", "echo begun; sleep " + number + "; echo no"),
                        Map.of(),
                        "",
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5));
        var output = new CollectedOutput();

        var result = place().run(command, output);

        assertThat(result).isEqualTo(CommandResult.ofTimeout());
        assertThat(output.stdout()).isEqualTo("begun\n");
        assertNothingRuns(number);
    }

    @Test
    void lastWordsAfterTermAreHeard() throws Exception {
        var output = new CollectedOutput();
        var script = "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done";
        var running = start(() -> place().run(shell(script), output));
        await().atMost(PATIENCE).until(() -> output.stdout().equals("ready\n"));

        running.thread().interrupt();

        assertThatThrownBy(running::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(output.stdout()).isEqualTo("ready\nbye\n");
    }

    @Test
    void whatIgnoresTermIsKilledAfterTheGrace() throws Exception {
        var output = new CollectedOutput();
        var number = number();
        var script = "trap '' TERM; echo ready; sleep " + number;
        var command =
                new Command(
                        List.of("/bin/sh", "-c", script),
                        Map.of(),
                        "",
                        LIMIT,
                        Duration.ofMillis(300));
        var running = start(() -> place().run(command, output));
        await().atMost(PATIENCE).until(() -> output.stdout().equals("ready\n"));

        running.thread().interrupt();

        assertThatThrownBy(running::get).hasCauseInstanceOf(InterruptedException.class);
        assertNothingRuns(number);
    }

    @Test
    void stopEndsARunAndThePlaceStaysUsable() throws Exception {
        var output = new CollectedOutput();
        var number = number();
        var running = start(() -> place().run(shell("echo ready; sleep " + number), output));
        await().atMost(PATIENCE).until(() -> output.stdout().equals("ready\n"));

        place().stop();

        assertThatThrownBy(running::get).hasCauseInstanceOf(InterruptedException.class);
        assertNothingRuns(number);
        assertThat(output("echo again")).isEqualTo("again\n");
    }

    @Test
    void stopIsHarmlessWhereNothingRuns() throws Exception {
        place().stop();

        assertThat(output("echo unharmed")).isEqualTo("unharmed\n");
    }

    @Test
    void backgroundProcessesEndWithTheCommand() throws Exception {
        var number = number();

        var output = output("sleep " + number + " & echo done");

        assertThat(output).isEqualTo("done\n");
        assertNothingRuns(number);
    }

    @Test
    void doubleForksAndNewSessionsEndWithTheCommand() throws Exception {
        var number = number();
        var script =
                """
                (sleep %1$s >/dev/null 2>&1 &)
                setsid sh -c 'sleep %1$s & sleep %1$s' >/dev/null 2>&1 &
                (trap '' TERM HUP; sleep %1$s >/dev/null 2>&1 &)
                sleep 0.2
                echo done
                """
                        .formatted(number);

        assertThat(output(script)).isEqualTo("done\n");

        assertNothingRuns(number);
    }

    @Test
    void putsFilesInPlace() throws Exception {
        var tar =
                new Tar()
                        .directory("tools")
                        .file("tools/greet", "#!/bin/sh\necho hello\n", 0755)
                        .file("deep/down/file", "text");

        place().put("", new ByteArrayInputStream(tar.bytes()));
        place().put("new/place", new ByteArrayInputStream(new Tar().file("f", "x").bytes()));

        assertThat(output("tools/greet; cat deep/down/file new/place/f")).isEqualTo("hello\ntextx");
    }

    @Test
    void refusesATarThatLeavesTheWorkspace() throws Exception {
        run("mkdir inside");

        assertRefused("../escaped", new Tar().file("../escaped", "x"));
        assertRefused("escaped", new Tar().file("inside/../../escaped", "x"));
        assertRefused("link", new Tar().symbolicLink("link", "/tmp").file("link/escaped", "x"));
        assertRefused("up", new Tar().symbolicLink("up", "..").file("up/escaped", "x"));
        assertRefused("hard", new Tar().hardLink("hard", "/etc/passwd"));
        assertThatThrownBy(() ->
                        place().put(
                                        "../elsewhere",
                                        new ByteArrayInputStream(new Tar().file("f", "x").bytes())))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("../elsewhere");
    }

    @Test
    void getsFilesByGlob() throws Exception {
        run(
                "mkdir -p dist/sub 'odd [name]' && cd dist && echo 1 >a.jar && echo 2 >b.jar"
                        + " && echo 3 >sub/c.jar && echo 4 >../top.txt && echo 5 >'../odd [name]/x'");
        var tar = new ByteArrayOutputStream();

        var counts =
                place().get(List.of("dist/*.jar", "**/*.jar", "t?p.txt", "*.none", "odd*/x"), tar);

        assertThat(counts).containsExactly(2, 3, 1, 0, 1);
        assertThat(Tar.files(tar.toByteArray()))
                .isEqualTo(
                        Map.of(
                                "dist/a.jar", "1\n",
                                "dist/b.jar", "2\n",
                                "dist/sub/c.jar", "3\n",
                                "top.txt", "4\n",
                                "odd [name]/x", "5\n"));
    }

    @Test
    void leavesOutLinksThatLeaveTheWorkspace() throws Exception {
        run("mkdir d; echo mine >d/file; ln -s /etc/passwd d/passwd; ln -s /etc e");
        var tar = new ByteArrayOutputStream();

        place().get(List.of("d/*", "e/passwd", "**"), tar);

        assertThat(Tar.files(tar.toByteArray())).isEqualTo(Map.of("d/file", "mine\n"));
    }

    @Test
    void refusesAGlobThatLeavesTheWorkspace() {
        for (var glob : List.of("../*", "a/../../b", "/etc/passwd")) {
            assertThatThrownBy(() -> place().get(List.of(glob), new ByteArrayOutputStream()))
                    .isInstanceOfSatisfying(
                            ExecutionException.class,
                            e -> assertThat(e.kind()).isEqualTo(ExecutionException.Kind.INVALID))
                    .hasMessageContaining(glob);
        }
    }

    @Test
    void closeEndsWhatRunsAndCanBeRepeated() throws Exception {
        var output = new CollectedOutput();
        var running = start(() -> place().run(shell("echo ready; exec sleep 600"), output));
        await().atMost(PATIENCE).until(() -> output.stdout().equals("ready\n"));

        place().close();
        place().close();

        assertThatThrownBy(running::get)
                .cause()
                .isInstanceOfAny(InterruptedException.class, ExecutionException.class);
        assertThatThrownBy(() -> run("echo late")).isInstanceOf(ExecutionException.class);
    }

    @Test
    void sweepEndsWhatIsNotLive() throws Exception {
        var output = new CollectedOutput();
        var running = start(() -> place().run(shell("echo ready; exec sleep 600"), output));
        await().atMost(PATIENCE).until(() -> output.stdout().equals("ready\n"));

        assertThat(underTest().sweep("another-" + installation, id -> false)).isZero();
        assertThat(underTest().sweep(installation, id -> true)).isZero();
        assertThat(running.isDone()).isFalse();
        assertThat(underTest().sweep(installation, id -> false)).isEqualTo(1);

        await().atMost(PATIENCE).until(running::isDone);
    }

    @Test
    void runsManyPlacesAtOnce() throws Exception {
        var running =
                IntStream.range(0, 8)
                        .mapToObj(i ->
                                start(() -> {
                                    var own = workspace.resolve("ws" + i);
                                    Files.createDirectory(own);
                                    var output = new CollectedOutput();
                                    try (var mine = open(own)) {
                                        mine.run(shell("echo " + i), output);
                                    }
                                    return output.stdout();
                                }))
                        .toList();

        for (var i = 0; i < running.size(); i++) {
            assertThat(running.get(i).get()).isEqualTo(i + "\n");
        }
    }

    private void assertRefused(String named, Tar tar) throws Exception {
        assertThatThrownBy(() -> place().put("", new ByteArrayInputStream(tar.bytes())))
                .isInstanceOfSatisfying(
                        ExecutionException.class,
                        e -> assertThat(e.kind()).isEqualTo(ExecutionException.Kind.INVALID))
                .hasMessageContaining(named);
        assertThat(output("ls ../escaped /tmp/escaped 2>/dev/null || true")).isEmpty();
    }

    /** Looks from inside the place, with a command that does not itself show the number. */
    private void assertNothingRuns(String number) throws Exception {
        assertThat(output("cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '"))
                .doesNotContain(number);
    }

    /** Returns a duration for {@code sleep} that nothing else on this machine uses. */
    private static String number() {
        return "9" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
    }

    private CommandResult run(String script) throws Exception {
        return place().run(shell(script), new CollectedOutput());
    }

    private String output(String script) throws Exception {
        var output = new CollectedOutput();
        place().run(shell(script), output);
        return output.stdout();
    }

    private static Command shell(String script) {
        return Command.shell(script, Map.of(), LIMIT);
    }

    private Execution open(Path directory) throws Exception {
        return underTest().open(request(image(), directory));
    }

    private ExecutionRequest request(@Nullable String image, Path directory) {
        return new ExecutionRequest(
                UUID.randomUUID().toString(),
                installation,
                "contract",
                image,
                directory,
                ExecutionRequest.Limits.DEFAULT,
                Map.of());
    }

    private Executor underTest() {
        return Objects.requireNonNull(executor);
    }

    private Execution place() {
        return Objects.requireNonNull(execution);
    }

    private static <T> Running<T> start(Callable<T> call) {
        var task = new FutureTask<>(call);
        return new Running<>(task, Thread.ofVirtual().start(task));
    }

    private record Running<T>(FutureTask<T> task, Thread thread) {

        T get() throws Exception {
            return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        boolean isDone() {
            return task.isDone();
        }
    }
}
