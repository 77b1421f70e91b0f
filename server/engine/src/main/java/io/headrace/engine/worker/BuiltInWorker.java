package io.headrace.engine.worker;

import io.headrace.engine.Refused;
import io.headrace.engine.ServerThreads;
import io.headrace.engine.StoreException;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker that is part of the server: takes queued jobs as long as it has free slots, and runs
 * each on a virtual thread of its own.
 */
public final class BuiltInWorker implements Workers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BuiltInWorker.class);

    /** How long to wait for a wake-up that may have been missed. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private final Profile profile;
    private final Tools tools;
    private final InstantSource clock;
    private final PlanCache plans;
    private final Semaphore wakeUp = new Semaphore(0);
    private final Semaphore slots;
    private final Map<AttemptId, Work> working = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(ServerThreads.named("worker-timer"));
    private final Heartbeat heartbeat;
    private final Instant startedAt;
    private final Thread dispatcher;
    private volatile boolean taking = true;

    /**
     * What this worker is.
     *
     * @param name unique among workers, the same after a restart
     * @param kind see {@link WorkerView#kind}
     * @param pools that it serves
     * @param labels that it has
     * @param slots how many jobs it runs at a time; 0 takes none
     * @param lease how long it may stay silent
     */
    public record Profile(
            String name,
            String kind,
            Set<String> pools,
            Set<String> labels,
            int slots,
            Duration lease) {

        public Profile {
            pools = Set.copyOf(pools);
            labels = Set.copyOf(labels);
        }

        /** Tells whether this worker serves the pool and has all the labels. */
        public boolean canTake(String pool, Collection<String> wanted) {
            return slots > 0 && pools.contains(pool) && labels.containsAll(wanted);
        }

        /** Returns what the registry shows: one without slots serves no pool. */
        WorkerRegistry.Entry entry() {
            var version = BuiltInWorker.class.getPackage().getImplementationVersion();
            return new WorkerRegistry.Entry(
                    name,
                    kind,
                    slots == 0 ? Set.of() : pools,
                    labels,
                    slots,
                    version == null ? "unreleased" : version);
        }
    }

    /**
     * An attempt under way.
     *
     * @param held when the database last said that it is ours, by {@link System#nanoTime}
     */
    private record Work(
            Claim claim,
            Interruption interruption,
            Thread thread,
            Instant since,
            AtomicLong held) {}

    public BuiltInWorker(
            Profile profile, Tools tools, WorkerRegistry registry, InstantSource clock) {
        this.profile = profile;
        this.tools = tools;
        this.clock = clock;
        this.plans = new PlanCache(tools.runs());
        this.slots = new Semaphore(profile.slots());
        this.startedAt = clock.instant();
        this.heartbeat =
                new Heartbeat(profile.entry(), profile.lease(), tools.runs(), registry, new Self());
        this.dispatcher =
                Thread.ofPlatform().daemon().name("worker-dispatcher").unstarted(this::dispatch);
    }

    /**
     * Starts to take jobs. What this worker had when it was last stopped is over: nothing of it
     * runs any more once the executors have swept. If another process works under this name, it is
     * the one that stops: its attempts are ended here, and it learns that with its next heartbeat.
     */
    public void start() {
        heartbeat.enter();
        var ended =
                tools.runs()
                        .abandon(profile.name(), "worker lost: the server stopped while it ran");
        if (!ended.isEmpty()) {
            LOG.info("Ended {} attempts that the last server left behind", ended.size());
        }
        tools.runs().onQueued(this::wake);
        heartbeat.start();
        dispatcher.start();
    }

    /** Stops attempts whose run was cancelled; those of other workers are passed over. */
    public void cancel(Collection<AttemptId> attempts) {
        for (var attempt : attempts) {
            var work = working.get(attempt);
            if (work != null) {
                // Ending a process tree takes time that the one who cancels need not wait for.
                Thread.ofVirtual()
                        .name("cancel-" + attempt)
                        .start(() -> work.interruption().stop(Interruption.Cause.CANCELLED));
            }
        }
    }

    /** Takes note of a run whose jobs may soon be here, which saves reading it. */
    public void expect(Runs.Accepted accepted) {
        var run = accepted.run();
        var plan = run.plan();
        if (plan != null) {
            var summary =
                    new RunSummary(
                            run.id(),
                            run.project(),
                            accepted.project(),
                            accepted.number(),
                            Status.QUEUED,
                            "",
                            run.event().type(),
                            run.event().ref(),
                            run.event().branch(),
                            run.event().tag(),
                            run.event().commit(),
                            run.message(),
                            run.author(),
                            run.triggeredBy(),
                            run.rerunOf(),
                            clock.instant(),
                            null,
                            null);
            plans.remember(summary, plan, run.event());
        }
    }

    /** Returns whether this worker runs the attempt just now. */
    public boolean runs(String attempt) {
        return working.containsKey(AttemptId.parse(attempt));
    }

    /** Shows this worker alone, as it is; asks nobody. */
    @Override
    public List<WorkerView> list() {
        var now = new ArrayList<WorkerView.Work>();
        for (var work : working.values()) {
            view(work).ifPresent(now::add);
        }
        now.sort(java.util.Comparator.comparing(WorkerView.Work::since));
        return List.of(
                new WorkerView(
                        profile.name(),
                        profile.kind(),
                        profile.entry().pools(),
                        profile.labels(),
                        profile.slots(),
                        now,
                        taking ? WorkerView.State.ONLINE : WorkerView.State.DRAINING,
                        startedAt,
                        clock.instant(),
                        profile.entry().version()));
    }

    private java.util.Optional<WorkerView.Work> view(Work work) {
        try {
            RunSummary run = plans.summary(work.claim().run());
            var name =
                    plans.plan(work.claim().run())
                            .job(work.claim().key())
                            .map(job -> job.name())
                            .orElse(work.claim().key());
            return java.util.Optional.of(
                    new WorkerView.Work(
                            work.claim().attempt(),
                            run.id(),
                            run.project(),
                            run.number(),
                            name,
                            work.since()));
        } catch (Refused e) {
            return java.util.Optional.empty();
        }
    }

    /**
     * Stops to take jobs, waits up to {@code patience} for those that run, then stops them; they
     * are queued again.
     */
    public void drain(Duration patience) throws InterruptedException {
        taking = false;
        if (patience.isPositive()) {
            heartbeat.soon();
        }
        wake();
        if (dispatcher.isAlive()) {
            // With all slots taken it waits for one. This one is lent to it: it takes no job any
            // more, and gives the slot back.
            slots.release();
            dispatcher.join();
            slots.acquire();
        }
        if (areFree(patience)) {
            return;
        }
        for (var work : working.values()) {
            work.interruption().stop(Interruption.Cause.SHUT_DOWN);
        }
        if (!areFree(tools.grace().plusSeconds(10))) {
            LOG.warn("{} attempts did not end in time; their leases will", working.size());
        }
    }

    /** Waits until all slots are free. Takes none for good, so that one can ask again. */
    private boolean areFree(Duration patience) throws InterruptedException {
        var free = slots.tryAcquire(profile.slots(), patience.toMillis(), TimeUnit.MILLISECONDS);
        if (free) {
            slots.release(profile.slots());
        }
        return free;
    }

    @Override
    public void close() {
        try {
            drain(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            heartbeat.close();
            timer.shutdownNow();
        }
    }

    private void wake() {
        if (wakeUp.availablePermits() == 0) {
            wakeUp.release();
        }
    }

    private void dispatch() {
        while (taking) {
            try {
                slots.acquire();
                var free = 1 + slots.drainPermits();
                var asked = System.nanoTime();
                var claims = claim(free);
                claims.forEach(claim -> begin(claim, asked));
                slots.release(free - claims.size());
                if (claims.isEmpty()) {
                    var _ = wakeUp.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                    wakeUp.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private List<Claim> claim(int max) {
        if (!taking) {
            return List.of();
        }
        try {
            return tools.runs()
                    .claim(profile.name(), profile.pools(), profile.labels(), max, profile.lease());
        } catch (StoreException e) {
            LOG.warn("No jobs can be taken while the database does not answer", e);
            return List.of();
        }
    }

    private void begin(Claim claim, long asked) {
        LOG.debug(
                "Attempt {} begins, of job {} of run {}",
                claim.attempt(),
                claim.job(),
                claim.run());
        var interruption = new Interruption();
        var runner = new AttemptRunner(claim, tools, plans, timer, interruption);
        var thread =
                Thread.ofVirtual()
                        .name("attempt-" + claim.attempt())
                        .unstarted(() -> {
                            try {
                                runner.run();
                            } finally {
                                working.remove(claim.attempt());
                                slots.release();
                            }
                        });
        working.put(
                claim.attempt(),
                new Work(claim, interruption, thread, clock.instant(), new AtomicLong(asked)));
        thread.start();
    }

    /** What the heartbeat knows of this worker. */
    private final class Self implements Heartbeat.Host {

        @Override
        public Collection<Claim> claims() {
            return working.values().stream().map(Work::claim).toList();
        }

        @Override
        public Collection<AttemptId> heldSince(long nanos) {
            return working.values().stream()
                    .filter(work -> work.held().get() - nanos < 0)
                    .filter(work -> work.interruption().cause() == null)
                    .map(work -> work.claim().attempt())
                    .toList();
        }

        @Override
        public void renewed(Collection<Claim> claims, long nanos) {
            for (var claim : claims) {
                var work = working.get(claim.attempt());
                if (work != null) {
                    work.held().set(nanos);
                }
            }
        }

        @Override
        public boolean isDraining() {
            return !taking;
        }

        @Override
        public void stop(AttemptId attempt, Interruption.Cause cause) {
            var work = working.get(attempt);
            if (work != null && work.interruption().cause() == null) {
                Thread.ofVirtual().start(() -> work.interruption().stop(cause));
            }
        }

        @Override
        public void nameTaken() {
            taking = false;
            wake();
            working.keySet().forEach(attempt -> stop(attempt, Interruption.Cause.LOST));
        }
    }
}
