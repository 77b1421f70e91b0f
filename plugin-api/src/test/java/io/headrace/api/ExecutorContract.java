package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Executor} and its {@link Execution}s promise. Extend it, say how to build
 * yours, and run. The place must have {@code /bin/sh}, {@code sleep}, {@code cat}, {@code tr} and
 * {@code setsid}, and a Linux {@code /proc}.
 *
 * <p>This class has what it promises of stopping; above it are {@link FilesContract files} and
 * {@link RunningContract running}.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class ExecutorContract extends FilesContract {

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
}
