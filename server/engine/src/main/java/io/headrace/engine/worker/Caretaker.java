package io.headrace.engine.worker;

import io.headrace.engine.ServerThreads;
import io.headrace.engine.run.AttemptId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts right what went wrong elsewhere: ends attempts whose worker is gone and runs that take too
 * long, and removes processes, containers, workspaces, logs and artifacts that nobody uses any
 * more.
 */
public final class Caretaker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);

    /** A lost worker is noticed within its lease and this. */
    private static final Duration LEASES_EVERY = Duration.ofSeconds(5);

    /** Requirements EXEC-039. */
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);

    private static final Duration EXPIRE_EVERY = Duration.ofHours(1);

    /** Looking through everything takes long. */
    private static final Duration SEARCH_EVERY = Duration.ofDays(1);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Tools tools;
    private final BuiltInWorker worker;
    private final Disposal disposal;
    private final boolean owner;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(ServerThreads.named("caretaker"));

    /** Apart, because it may take long, and leases must not wait for it. */
    private final ScheduledExecutorService disposer =
            Executors.newSingleThreadScheduledExecutor(ServerThreads.named("disposal"));

    /**
     * @param owner whether logs and artifacts belong to this database, so that those it does not
     *     know may be deleted
     */
    public Caretaker(Tools tools, BuiltInWorker worker, Disposal disposal, boolean owner) {
        this.tools = tools;
        this.worker = worker;
        this.disposal = disposal;
        this.owner = owner;
    }

    /** Begins to look after things, regularly. */
    public void start() {
        every(timer, LEASES_EVERY, LEASES_EVERY, this::endLost);
        every(timer, SWEEP_EVERY, SWEEP_EVERY, this::sweep);
        every(disposer, SWEEP_EVERY, SWEEP_EVERY, disposal::discardLater);
        every(disposer, Duration.ZERO, EXPIRE_EVERY, disposal::expire);
        if (owner) {
            every(disposer, Duration.ZERO, SEARCH_EVERY, disposal::sweep);
        } else {
            LOG.warn(
                    "The logs and artifacts in this home directory are those of another database,"
                            + " so none is deleted for being unknown to this one; if that is as it"
                            + " should be, delete the file 'installation' there");
        }
    }

    private static void every(
            ScheduledExecutorService timer, Duration first, Duration interval, Runnable task) {
        var _ =
                timer.scheduleWithFixedDelay(
                        () -> {
                            try {
                                task.run();
                            } catch (RuntimeException e) {
                                LOG.warn("A regular task failed; it will be tried again", e);
                            }
                        },
                        first.toMillis(),
                        interval.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void endLost() {
        var lost = tools.runs().expireLeases();
        if (!lost.isEmpty()) {
            LOG.warn("Ended {} attempts whose worker fell silent: {}", lost.size(), lost);
            worker.cancel(lost);
        }
        for (var run : tools.runs().expireRuns()) {
            LOG.info("Run {} reached its time limit", run);
        }
    }

    /**
     * Removes what earlier attempts left behind. Called at start, before the first job is taken.
     */
    public void sweep() {
        for (var executor : tools.extensions().executors()) {
            try {
                var ended = executor.sweep(tools.installation(), worker::runs);
                if (ended > 0) {
                    LOG.info("Ended {} leftovers of the executor '{}'", ended, executor.type());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("Leftovers of an executor could not be removed", e);
            }
        }
        sweepWorkspaces();
    }

    private void sweepWorkspaces() {
        try (var directories = Files.newDirectoryStream(tools.workspaces())) {
            for (var directory : directories) {
                if (!isLive(directory.getFileName().toString())) {
                    Workspaces.delete(directory);
                }
            }
        } catch (IOException e) {
            LOG.warn("Workspaces in {} could not be listed", tools.workspaces(), e);
        }
    }

    private boolean isLive(String name) {
        try {
            return worker.runs(AttemptId.parse(name).toString());
        } catch (IllegalArgumentException e) {
            // Not one of ours: left alone.
            return true;
        }
    }

    /** What runs needs the database, which is closed next. */
    @Override
    public void close() {
        if (!ServerThreads.end(PATIENCE, timer, disposer)) {
            LOG.warn("A regular task did not end within {} s", PATIENCE.toSeconds());
        }
    }
}
