package io.headrace.engine.worker;

import io.headrace.engine.ServerThreads;
import io.headrace.engine.StoreException;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the database that a worker lives and still has its attempts, and stops those that it has no
 * right to any more. When the database does not answer for as long as a lease lasts, all are
 * stopped: somebody else may have begun them again by then.
 */
final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    /** Looks for leases that ran out so many times within one. */
    private static final int LOOKS = 6;

    /** Beats come so many times within a lease. */
    private static final int BEATS = 3;

    private final WorkerRegistry.Entry entry;
    private final Duration lease;
    private final RunStore runs;
    private final WorkerRegistry registry;
    private final Host host;

    /** May wait for the database. */
    private final ScheduledExecutorService beats =
            Executors.newSingleThreadScheduledExecutor(ServerThreads.named("worker-heartbeat"));

    /** Never waits for anything. */
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(ServerThreads.named("worker-watch"));

    private volatile long session;

    /** The worker that lives. */
    interface Host {

        /** Returns the claims of all attempts under way. */
        Collection<Claim> claims();

        /** Returns the attempts, not yet stopped, that are held since before {@code nanos}. */
        Collection<AttemptId> heldSince(long nanos);

        /** Notes that all of {@code claims} are held as of {@code nanos}. */
        void renewed(Collection<Claim> claims, long nanos);

        boolean isDraining();

        /** Stops an attempt; returns at once. */
        void stop(AttemptId attempt, Interruption.Cause cause);

        /** Another process works under this name: take nothing any more. */
        void nameTaken();
    }

    Heartbeat(
            WorkerRegistry.Entry entry,
            Duration lease,
            RunStore runs,
            WorkerRegistry registry,
            Host host) {
        this.entry = entry;
        this.lease = lease;
        this.runs = runs;
        this.registry = registry;
        this.host = host;
    }

    /** Enters the worker into the registry; from then on nobody else has its name. */
    void enter() {
        session = registry.enter(entry, lease);
    }

    /** Begins to beat. */
    void start() {
        runs.onStopped(this::lookAt);
        var beat = lease.toMillis() / BEATS;
        var _ = beats.scheduleWithFixedDelay(this::beat, beat, beat, TimeUnit.MILLISECONDS);
        var look = lease.toMillis() / LOOKS;
        var _ = watch.scheduleWithFixedDelay(this::endOverdue, look, look, TimeUnit.MILLISECONDS);
    }

    /** Beats once more, soon. */
    void soon() {
        beats.execute(this::beat);
    }

    private void beat() {
        try {
            renew(host.claims());
            if (!registry.beat(entry, session, host.isDraining(), lease)) {
                LOG.error(
                        "Another process works under the name '{}', so this one takes no jobs any"
                                + " more; give each a 'worker.name' of its own",
                        entry.name());
                host.nameTaken();
                beats.shutdown();
            }
        } catch (RuntimeException e) {
            // The next beat tries again; a lease lasts for three.
            LOG.warn("Leases could not be renewed", e);
        }
    }

    /** Asks at once, and not with the next beat, whether attempts of these runs are to stop. */
    private void lookAt(Set<RunId> stopped) {
        var claims = host.claims().stream().filter(claim -> stopped.contains(claim.run())).toList();
        if (!claims.isEmpty()) {
            Thread.ofVirtual()
                    .name("stop")
                    .start(() -> {
                        try {
                            renew(claims);
                        } catch (StoreException e) {
                            LOG.info("Runs that stop are asked for again with the next beat", e);
                        }
                    });
        }
    }

    private void renew(Collection<Claim> claims) {
        if (claims.isEmpty()) {
            return;
        }
        var asked = System.nanoTime();
        var renewal = runs.renew(claims, lease);
        host.renewed(claims, asked);
        renewal.lost().forEach(attempt -> host.stop(attempt, Interruption.Cause.LOST));
        renewal.cancelled().forEach(attempt -> host.stop(attempt, Interruption.Cause.CANCELLED));
    }

    private void endOverdue() {
        try {
            for (var attempt : host.heldSince(System.nanoTime() - lease.toNanos())) {
                LOG.warn(
                        "The lease of attempt {} ran out before it could be renewed; it is stopped",
                        attempt);
                host.stop(attempt, Interruption.Cause.LOST);
            }
        } catch (RuntimeException e) {
            LOG.error("Looking for leases that ran out failed", e);
        }
    }

    /** Takes the worker off the list, if the database can be reached. */
    @Override
    public void close() {
        watch.shutdownNow();
        if (ServerThreads.end(Duration.ofSeconds(5), beats) && session != 0) {
            try {
                registry.leave(entry.name(), session);
            } catch (StoreException e) {
                LOG.info("The worker stays on the list until it is lost: {}", e.getMessage());
            }
        }
    }
}
