package io.headrace.engine.worker;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.queue.JobTimes;
import io.headrace.engine.queue.QueueStore;
import io.headrace.engine.run.QueuedJob;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.WaitingJob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What waits for a worker, why, and until when. Any number of threads may ask. */
public final class Queue {

    /** History changes slowly, and reading it takes a look at some runs of each project. */
    private static final Duration HISTORY_FOR = Duration.ofSeconds(30);

    /** Of so many projects at most the history is read. */
    private static final int PROJECTS = 50;

    private static final int RUNS = 10;

    private final Runs runs;
    private final QueueStore store;
    private final Workers workers;
    private final InstantSource clock;
    private final AtomicReference<History> history;

    private record History(Instant at, LinkedHashSet<ProjectId> projects, JobTimes times) {}

    public Queue(Runs runs, QueueStore store, Workers workers, InstantSource clock) {
        this.runs = runs;
        this.store = store;
        this.workers = workers;
        this.clock = clock;
        this.history =
                new AtomicReference<>(
                        new History(Instant.EPOCH, new LinkedHashSet<>(), new JobTimes(List.of())));
    }

    /**
     * Lists queued jobs in the order in which they are taken.
     *
     * @param limit 1 to 1000
     */
    public List<WaitingJob> list(int limit) {
        var jobs = runs.queue(limit);
        if (jobs.isEmpty()) {
            return List.of();
        }
        var now = clock.instant();
        var known = workers.list();
        var reasons = new Reasons(known, store.parts(), store.rules(), jobs, now);
        var starts = new Starts(known, store.parts(), store.rules(), jobs, times(jobs, now), now);
        var waiting = new ArrayList<WaitingJob>();
        for (var job : jobs) {
            var reason = reasons.of(job);
            waiting.add(
                    new WaitingJob(
                            job,
                            reason.words(),
                            reason.impossible(),
                            reason.impossible() ? null : starts.of(job)));
        }
        return waiting;
    }

    /** Returns how long jobs of those projects take whose jobs wait. */
    private JobTimes times(List<QueuedJob> jobs, Instant now) {
        var projects = new LinkedHashSet<ProjectId>();
        for (var job : jobs) {
            if (projects.size() < PROJECTS) {
                projects.add(job.projectId());
            }
        }
        var known = history.get();
        if (known.projects().equals(projects) && now.isBefore(known.at().plus(HISTORY_FOR))) {
            return known.times();
        }
        var took = new ArrayList<QueueStore.Took>();
        for (var project : projects) {
            took.addAll(store.took(project, RUNS));
        }
        var times = new JobTimes(took);
        history.set(new History(now, projects, times));
        return times;
    }
}
