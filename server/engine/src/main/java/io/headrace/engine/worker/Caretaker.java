package io.headrace.engine.worker;

import io.headrace.engine.Duties;
import io.headrace.engine.ServerThreads;
import io.headrace.engine.StoreException;
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

    /** A lost worker is noticed within its lease and this part of a lease. */
    private static final int LOOKS_A_LEASE = 15;

    /** Whoever looks for lost work goes on doing so; another one takes over after this. */
    private static final int DUTY_LOOKS = 5;

    /** A lost worker is shown for so many leases; 10 minutes by default. */
    private static final int FORGOTTEN_AFTER_LEASES = 20;

    private static final String LOST_WORK = "lost work";
    private static final String EXPIRY = "expiry";
    private static final String STRAYS = "strays";

    /** Requirements EXEC-039. */
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);

    private static final Duration EXPIRE_EVERY = Duration.ofHours(1);

    /** Looking through everything takes long. */
    private static final Duration SEARCH_EVERY = Duration.ofDays(1);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Tools tools;
    private final BuiltInWorker worker;
    private final WorkerRegistry registry;
    private final Duties duties;
    private final Duration lease;
    private final Disposal disposal;
    private final boolean owner;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(ServerThreads.named("caretaker"));

    /** Apart, because it may take long, and leases must not wait for it. */
    private final ScheduledExecutorService disposer =
            Executors.newSingleThreadScheduledExecutor(ServerThreads.named("disposal"));

    /**
     * @param duties says what this process does for all on the database
     * @param lease how long workers may be silent
     * @param owner whether logs and artifacts belong to this database, so that those it does not
     *     know may be deleted
     */
    public Caretaker(
            Tools tools,
            BuiltInWorker worker,
            WorkerRegistry registry,
            Duties duties,
            Duration lease,
            Disposal disposal,
            boolean owner) {
        this.tools = tools;
        this.worker = worker;
        this.registry = registry;
        this.duties = duties;
        this.lease = lease;
        this.disposal = disposal;
        this.owner = owner;
    }

    /** Begins to look after things, regularly. */
    public void start() {
        var look = lease.dividedBy(LOOKS_A_LEASE);
        every(
                timer,
                look,
                look,
                () -> once(LOST_WORK, look.multipliedBy(DUTY_LOOKS), this::endLost));
        every(timer, SWEEP_EVERY, SWEEP_EVERY, this::sweep);
        every(disposer, SWEEP_EVERY, SWEEP_EVERY, disposal::discardLater);
        // Held for less than the interval: who comes next is not to find it taken by the dead.
        every(
                disposer,
                Duration.ZERO,
                EXPIRE_EVERY,
                () -> once(EXPIRY, EXPIRE_EVERY.dividedBy(2), disposal::expire));
        if (owner) {
            every(
                    disposer,
                    Duration.ZERO,
                    SEARCH_EVERY,
                    () -> once(STRAYS, SEARCH_EVERY.dividedBy(2), disposal::sweep));
        } else {
            LOG.warn(
                    "The logs and artifacts in this home directory are those of another database,"
                            + " so none is deleted for being unknown to this one; if that is as it"
                            + " should be, delete the file 'installation' there");
        }
    }

    /** Does what only one process on the database is to do. */
    private void once(String duty, Duration time, Runnable task) {
        if (duties.hold(duty, time)) {
            task.run();
        }
    }

    private static void every(
            ScheduledExecutorService timer, Duration first, Duration interval, Runnable task) {
        var _ =
                timer.scheduleWithFixedDelay(
                        () -> {
                            try {
                                task.run();
                            } catch (StoreException e) {
                                LOG.warn("A regular task will be tried again: {}", e.getMessage());
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
        for (var name : registry.forget(lease.multipliedBy(FORGOTTEN_AFTER_LEASES))) {
            LOG.info("The worker '{}' is lost, and taken off the list", name);
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
