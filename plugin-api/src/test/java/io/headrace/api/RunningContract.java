package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Running commands: what they get, what comes of them, and what they say. */
abstract class RunningContract extends ExecutorPlace {

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
}
