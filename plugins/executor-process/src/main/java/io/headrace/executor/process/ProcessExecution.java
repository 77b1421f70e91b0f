package io.headrace.executor.process;

import io.headrace.api.Command;
import io.headrace.api.CommandOutput;
import io.headrace.api.CommandResult;
import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The place of one attempt: its workspace, and its control group where there are such. */
final class ProcessExecution implements Execution {

    private static final Logger log = LoggerFactory.getLogger(ProcessExecution.class);

    /** Time for background processes to end after the command that left them. */
    private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(1);

    private static final long DRAIN_IDLE_MILLIS = 5_000;

    /**
     * A command that runs longer is moved into a control group, where each of them costs some
     * milliseconds; most commands are over by then.
     */
    private static final Duration SHORT = Duration.ofMillis(30);

    private final Host host;
    private final Marker marker;
    private final Path workspace;
    private final Launch launch;
    private final Turn turn = new Turn();

    /** Made by the thread whose turn it is, and read by others after all turns. */
    private volatile @Nullable ControlGroup group;

    ProcessExecution(Host host, Marker marker, Path workspace, Launch launch) {
        this.host = host;
        this.marker = marker;
        this.workspace = workspace;
        this.launch = launch;
    }

    @Override
    public String workspace() {
        return workspace.toString();
    }

    @Override
    public boolean sharesWorkspace() {
        return true;
    }

    @Override
    public CommandResult run(Command command, CommandOutput output)
            throws ExecutionException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        turn.begin();
        try {
            return runInTurn(command, output);
        } finally {
            turn.end();
        }
    }

    private CommandResult runInTurn(Command command, CommandOutput output)
            throws ExecutionException, InterruptedException {
        var first = host.groupUse() == GroupUse.ALWAYS ? group() : null;
        var process = launch.start(command, first);
        var processes =
                new CommandProcesses(process, marker, first, host.hasTable(), turn::isClosed);
        var out =
                Pump.start(process.getInputStream(), output::stdout, turn::interrupt, "job-stdout");
        var err =
                Pump.start(process.getErrorStream(), output::stderr, turn::interrupt, "job-stderr");
        var ended = false;
        InterruptedException interrupt = null;
        try {
            ended = await(process, processes, command.timeLimit());
        } catch (InterruptedException e) {
            interrupt = e;
        }
        endAll(command, processes, ended);
        for (var pump : List.of(out, err)) {
            interrupt = drain(pump, interrupt);
        }
        rethrow(out, err);
        if (interrupt != null) {
            throw interrupt;
        }
        if (!ended) {
            return CommandResult.ofTimeout();
        }
        checkPlace(first, process.exitValue());
        return CommandResult.exited(process.exitValue());
    }

    private boolean await(Process process, CommandProcesses processes, Duration limit)
            throws InterruptedException {
        if (host.groupUse() != GroupUse.AUTO || limit.compareTo(SHORT) <= 0) {
            return process.waitFor(limit);
        }
        if (process.waitFor(SHORT)) {
            return true;
        }
        var target = group();
        if (target != null) {
            processes.moveInto(target);
        }
        return process.waitFor(limit.minus(SHORT));
    }

    /** Returns this execution's group, and makes it if there is none yet; null if it can't be. */
    private @Nullable ControlGroup group() {
        if (group == null && host.groups() != null) {
            try {
                group = host.groups().create(marker);
            } catch (IOException e) {
                log.warn("Execution {} goes without a control group", marker.id(), e);
            }
        }
        return group;
    }

    private static void endAll(Command command, CommandProcesses processes, boolean ended) {
        if (processes.anyAlive()) {
            var grace = command.grace();
            processes.end(ended && grace.compareTo(LEFTOVER_GRACE) > 0 ? LEFTOVER_GRACE : grace);
        }
    }

    /** Waits for the rest of the output; an interrupt is passed on to its taker. */
    private @Nullable InterruptedException drain(
            Pump pump, @Nullable InterruptedException interrupt) {
        var first = interrupt;
        while (true) {
            try {
                if (!pump.join(DRAIN_IDLE_MILLIS)) {
                    log.warn(
                            "Output of execution {} is held open by a process that could not be"
                                    + " ended; what comes now is lost",
                            marker.id());
                }
                return first;
            } catch (InterruptedException e) {
                first = first == null ? e : first;
                pump.interrupt();
            }
        }
    }

    private static void rethrow(Pump... pumps) {
        for (var pump : pumps) {
            switch (pump.failure()) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case null, default -> {}
            }
        }
    }

    /** Joining a control group that was removed looks like a failed command. */
    private static void checkPlace(@Nullable ControlGroup joined, int exitCode)
            throws ExecutionException {
        if (exitCode != 0 && joined != null && !joined.exists()) {
            throw new ExecutionException(
                    Kind.LOST,
                    "The control group %s was removed while the job ran; run the job again"
                            .formatted(joined.directory()));
        }
    }

    @Override
    public void put(String directory, InputStream tar)
            throws ExecutionException, IOException, InterruptedException {
        checkOpen();
        new TarReader(workspace).unpack(directory, tar);
    }

    @Override
    public List<Integer> get(List<String> globs, OutputStream tar)
            throws ExecutionException, IOException, InterruptedException {
        checkOpen();
        return new TarWriter(workspace).pack(globs, tar);
    }

    private void checkOpen() throws ExecutionException {
        if (turn.isClosed()) {
            throw Turn.closedAlready();
        }
        if (!Files.isDirectory(workspace)) {
            throw new ExecutionException(
                    Kind.LOST, "The workspace %s is gone".formatted(workspace));
        }
    }

    @Override
    public void stop() {
        turn.interrupt();
    }

    @Override
    public void close() {
        var last = turn.close() ? group : null;
        if (last != null) {
            last.dispose();
        }
    }
}
