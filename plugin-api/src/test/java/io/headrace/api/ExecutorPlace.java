package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An executor under test with one place of it, opened for each test, and how to look at it. */
abstract class ExecutorPlace {

    static final Duration LIMIT = Duration.ofSeconds(60);
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final String installation = "contract-" + UUID.randomUUID();
    @TempDir Path workspace;
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

    /** Looks from inside the place, with a command that does not itself show the number. */
    void assertNothingRuns(String number) throws Exception {
        assertThat(output("cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '"))
                .doesNotContain(number);
    }

    /** Returns a duration for {@code sleep} that nothing else on this machine uses. */
    static String number() {
        return "9" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
    }

    CommandResult run(String script) throws Exception {
        return place().run(shell(script), new CollectedOutput());
    }

    String output(String script) throws Exception {
        var output = new CollectedOutput();
        place().run(shell(script), output);
        return output.stdout();
    }

    static Command shell(String script) {
        return Command.shell(script, Map.of(), LIMIT);
    }

    Execution open(Path directory) throws Exception {
        return underTest().open(request(image(), directory));
    }

    ExecutionRequest request(@Nullable String image, Path directory) {
        return new ExecutionRequest(
                UUID.randomUUID().toString(),
                installation,
                "contract",
                image,
                directory,
                ExecutionRequest.Limits.DEFAULT,
                Map.of(),
                _ -> {});
    }

    Executor underTest() {
        return Objects.requireNonNull(executor);
    }

    Execution place() {
        return Objects.requireNonNull(execution);
    }

    static <T> Running<T> start(Callable<T> call) {
        var task = new FutureTask<>(call);
        return new Running<>(task, Thread.ofVirtual().start(task));
    }

    record Running<T>(FutureTask<T> task, Thread thread) {

        T get() throws Exception {
            return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        boolean isDone() {
            return task.isDone();
        }
    }
}
