package io.headrace.executor.docker;

import io.headrace.api.Command;
import io.headrace.api.CommandOutput;
import io.headrace.api.CommandResult;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** One command in a container, from its start until nothing of it is left. */
final class CommandRun {

    /** Longer than any machine runs; what {@link Duration#toNanos} can still tell. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private enum End {
        BY_ITSELF,
        TIME_LIMIT,
        STOPPED
    }

    private final Container container;
    private final String workspace;
    private final AtomicLong memoryKills;
    private final Command command;
    private final CommandOutput output;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    /**
     * @param workspace its path in the container
     * @param memoryKills how many processes of the container the memory limit has ended so far
     */
    CommandRun(
            Container container,
            String workspace,
            AtomicLong memoryKills,
            Command command,
            CommandOutput output) {
        this.container = container;
        this.workspace = workspace;
        this.memoryKills = memoryKills;
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
        return switch (await(exec)) {
            case BY_ITSELF -> {
                drain(id, exec);
                yield result(id);
            }
            case TIME_LIMIT -> {
                terminate(id, exec, command.grace());
                drain(id, exec);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                yield CommandResult.ofTimeout();
            }
            case STOPPED -> throw stop(id, exec);
        };
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

    private End await(Exec exec) {
        try {
            CompletableFuture.anyOf(stopped, exec.end())
                    .get(bounded(command.timeLimit()).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return exec.end().isDone() ? End.BY_ITSELF : End.TIME_LIMIT;
        } catch (InterruptedException e) {
            return End.STOPPED;
        } catch (java.util.concurrent.ExecutionException e) {
            // The output broke off; drain() looks at why.
            return End.BY_ITSELF;
        }
        return exec.end().isDone() ? End.BY_ITSELF : End.STOPPED;
    }

    private static Duration bounded(Duration duration) {
        return duration.compareTo(FOREVER) > 0 ? FOREVER : duration;
    }

    /** What the engine has to say is of no interest to somebody who wanted it to stop. */
    private InterruptedException stop(String id, Exec exec) {
        var interrupted = new InterruptedException();
        try {
            terminate(id, exec, command.grace());
            drain(id, exec);
        } catch (ExecutionException e) {
            interrupted.addSuppressed(e);
        }
        // A further interrupt while we waited says no more than the exception does.
        Thread.interrupted();
        return interrupted;
    }

    /** First asks, then ends; a container too full for another process is restarted. */
    private void terminate(String id, Exec exec, Duration grace) throws ExecutionException {
        // A signal that comes before the command would miss it.
        container.awaitBegin(id, exec);
        if (!grace.isZero() && container.ask(StepShell.terminate()) != null) {
            exec.awaitEnd(bounded(grace));
        }
        var interrupted = Thread.interrupted();
        if (!kill() || !exec.awaitEnd(Container.PATIENCE)) {
            container.restart();
            if (!exec.awaitEnd(Container.PATIENCE)) {
                exec.abandon();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether everything was ended, and notes what the memory limit ended before. */
    private boolean kill() throws ExecutionException {
        var count = container.ask(StepShell.kill());
        if (count != null && !count.isBlank()) {
            memoryKills.set(Long.parseLong(count.strip()));
        }
        return count != null;
    }

    /** Waits until the taker has got all output, and passes on what it threw. */
    private void drain(String id, Exec exec) throws ExecutionException {
        try {
            exec.end().join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case Exec.TakerFailure failure -> {
                    terminate(id, exec, Duration.ZERO);
                    throw failure.thrown();
                }
                case Refusal refusal ->
                        throw Failures.of(
                                container.engine(),
                                "run a command in the container " + container.name(),
                                refusal);
                case IOException broken -> throw container.lost(broken);
                case null, default -> throw e;
            }
        }
    }

    private CommandResult result(String id) throws ExecutionException, InterruptedException {
        var code = container.exitCode(id);
        if (code == StepShell.NOT_STARTED
                && container.ask(StepShell.canEnter(directory())) == null) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new ExecutionException(
                    Kind.INVALID,
                    "There is no working directory '%s' in the container; make it in an earlier step, or correct its name"
                            .formatted(command.workingDirectory()));
        }
        if (code >= 128) {
            cleanUpAfterSignal();
        }
        return CommandResult.exited(code);
    }

    /** The signal may have hit the shell that sweeps, too. */
    private void cleanUpAfterSignal() throws ExecutionException {
        var before = memoryKills.get();
        if (!kill()) {
            container.restart();
        }
        if (memoryKills.get() > before) {
            var text =
                    "headrace: the memory limit of this job (%d MiB) was reached and a process was killed; raise the job's memory or let it use less\n"
                            .formatted(container.memoryBytes() >> 20)
                            .getBytes(StandardCharsets.UTF_8);
            output.stderr(text, 0, text.length);
        }
    }
}
