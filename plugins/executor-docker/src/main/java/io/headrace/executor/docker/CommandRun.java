package io.headrace.executor.docker;

import io.headrace.api.Command;
import io.headrace.api.CommandOutput;
import io.headrace.api.CommandResult;
import io.headrace.api.ExecutionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** One command in a container, from its start until nothing of it is left. */
final class CommandRun {

    /** How long something that takes milliseconds may take on a machine out of breath. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(5);
    private static final CommandOutput NOBODY =
            new CommandOutput() {
                @Override
                public void stdout(byte[] bytes, int offset, int length) {}

                @Override
                public void stderr(byte[] bytes, int offset, int length) {}
            };

    private enum End {
        BY_ITSELF,
        TIME_LIMIT,
        STOPPED
    }

    private final Container container;
    private final String workspace;
    private final Command command;
    private final CommandOutput output;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    CommandRun(Container container, String workspace, Command command, CommandOutput output) {
        this.container = container;
        this.workspace = workspace;
        this.command = command;
        this.output = output;
    }

    void stop() {
        stopped.complete(null);
    }

    CommandResult toItsEnd() throws ExecutionException, InterruptedException {
        var id = container.prepare(StepShell.run(directory(), command.arguments()), environment());
        if (Thread.interrupted() || stopped.isDone()) {
            throw new InterruptedException();
        }
        var exec = container.start(id, output);
        var how = await(exec.end());
        switch (how) {
            case BY_ITSELF -> {}
            case TIME_LIMIT, STOPPED -> terminate(exec, command.grace());
        }
        drain(exec, how);
        if (how == End.STOPPED) {
            throw new InterruptedException();
        }
        return how == End.TIME_LIMIT ? CommandResult.ofTimeout() : result(id);
    }

    private Map<String, String> environment() {
        // The user has no entry in the image, so that its home would be the read-only root.
        var variables = new HashMap<>(Map.of("HOME", "/tmp"));
        variables.putAll(command.environment());
        return variables;
    }

    private String directory() {
        var directory = command.workingDirectory();
        if (directory.isEmpty()) {
            return workspace;
        }
        return directory.startsWith("/") ? directory : workspace + "/" + directory;
    }

    private End await(CompletableFuture<Void> ended) {
        try {
            CompletableFuture.anyOf(stopped, ended)
                    .get(nanos(command.timeLimit()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return ended.isDone() ? End.BY_ITSELF : End.TIME_LIMIT;
        } catch (InterruptedException e) {
            return End.STOPPED;
        } catch (java.util.concurrent.ExecutionException e) {
            // The output broke off; drain() looks at why.
            return End.BY_ITSELF;
        }
        return ended.isDone() ? End.BY_ITSELF : End.STOPPED;
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofDays(10_000)) > 0
                ? Long.MAX_VALUE
                : duration.toNanos();
    }

    /** First asks, then ends; a container too full for another process is restarted. */
    private void terminate(Exec exec, Duration grace) throws ExecutionException {
        if (!grace.isZero() && succeeds(StepShell.terminate())) {
            waitFor(exec.end(), grace);
        }
        if (!succeeds(StepShell.kill()) || !waitFor(exec.end(), PATIENCE)) {
            container.restart();
            if (!waitFor(exec.end(), PATIENCE)) {
                exec.abandon();
            }
        }
    }

    /** Runs a command of ours on the side. */
    private boolean succeeds(List<String> words) throws ExecutionException {
        var id = container.prepare(words, Map.of());
        var exec = container.start(id, NOBODY);
        if (!waitFor(exec.end(), PATIENCE)) {
            exec.abandon();
            return false;
        }
        return !exec.end().isCompletedExceptionally() && exitCode(id) == 0;
    }

    /** An interrupt means that there is no more time to wait. */
    private static boolean waitFor(CompletableFuture<Void> done, Duration limit) {
        try {
            done.handle((_, _) -> 0).get(nanos(limit), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | InterruptedException e) {
            return done.isDone();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the taker has got all output, and passes on what it threw. */
    private void drain(Exec exec, End how) throws ExecutionException {
        try {
            exec.end().join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case Exec.TakerFailure failure -> {
                    terminate(exec, Duration.ZERO);
                    throw failure.thrown();
                }
                case IOException broken when how == End.BY_ITSELF ->
                        throw Failures.of(
                                container.engine(),
                                "run a command in the container " + container.name(),
                                broken);
                case IOException _ -> {
                    // The command was to be ended anyway; its last words are lost.
                }
                case null, default -> throw e;
            }
        }
    }

    private CommandResult result(String id) throws ExecutionException {
        var code = exitCode(id);
        if (code == StepShell.NOT_STARTED && !succeeds(StepShell.canEnter(directory()))) {
            throw new ExecutionException(
                    ExecutionException.Kind.INVALID,
                    "There is no working directory '%s' in the container; make it in an earlier step, or correct its name"
                            .formatted(command.workingDirectory()));
        }
        if (code >= 128) {
            // The signal may have hit the shell that sweeps, too.
            if (!succeeds(StepShell.kill())) {
                container.restart();
            }
            if (code == 137 && container.ranOutOfMemory()) {
                explain("The memory limit of this job was reached, and a process was killed.");
            }
        }
        return CommandResult.exited(code);
    }

    private void explain(String text) {
        var bytes = ("headrace: " + text + "\n").getBytes(StandardCharsets.UTF_8);
        output.stderr(bytes, 0, bytes.length);
    }

    /** The output ends a moment before the engine knows the exit code. */
    private int exitCode(String id) throws ExecutionException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var state = container.inspect(id);
            if (!state.path("Running").asBoolean() && state.path("ExitCode").isInt()) {
                return state.path("ExitCode").asInt();
            }
            if (System.nanoTime() > deadline) {
                throw new ExecutionException(
                        ExecutionException.Kind.LOST,
                        "Docker does not tell how a command in the container %s ended"
                                .formatted(container.name()));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
