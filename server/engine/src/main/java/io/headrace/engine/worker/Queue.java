package io.headrace.engine.worker;

import io.headrace.engine.run.QueuedJob;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.WaitingJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** What waits for a worker, and why. */
public final class Queue {

    private final Runs runs;
    private final Workers workers;

    public Queue(Runs runs, Workers workers) {
        this.runs = runs;
        this.workers = workers;
    }

    /**
     * Lists queued jobs in the order in which they are taken.
     *
     * @param limit 1 to 10,000
     */
    public List<WaitingJob> list(int limit) {
        var known = workers.list();
        var waiting = new ArrayList<WaitingJob>();
        for (var job : runs.queue(limit)) {
            waiting.add(explain(job, known));
        }
        return waiting;
    }

    private static WaitingJob explain(QueuedJob job, List<WorkerView> workers) {
        var ofPool =
                workers.stream().filter(worker -> worker.pools().contains(job.pool())).toList();
        if (ofPool.isEmpty()) {
            return new WaitingJob(
                    job,
                    "no worker serves the pool '%s'; add one, or change the job's 'pool'"
                            .formatted(job.pool()),
                    true);
        }
        var able =
                ofPool.stream()
                        .filter(worker -> worker.labels().containsAll(job.labels()))
                        .toList();
        if (able.isEmpty()) {
            return new WaitingJob(job, lacking(job, ofPool), true);
        }
        var slots = able.stream().mapToInt(WorkerView::slots).sum();
        var busy = able.stream().mapToInt(worker -> worker.working().size()).sum();
        if (able.stream().noneMatch(WorkerView::online)) {
            return new WaitingJob(job, "all workers that could take it are being drained", false);
        }
        return busy >= slots
                ? new WaitingJob(
                        job,
                        "all %d slots of pool '%s' are busy; it is number %d in line"
                                .formatted(slots, job.pool(), job.position()),
                        false)
                : new WaitingJob(job, "a worker is about to take it", false);
    }

    private static String lacking(QueuedJob job, List<WorkerView> workers) {
        var nearest =
                workers.stream()
                        .min(Comparator.comparingInt(worker -> missing(job, worker).size()))
                        .orElseThrow();
        return "no worker of pool '%s' has all of the labels %s; nearest is '%s', which lacks %s"
                .formatted(job.pool(), job.labels(), nearest.name(), missing(job, nearest));
    }

    private static java.util.Set<String> missing(QueuedJob job, WorkerView worker) {
        var missing = new TreeSet<>(job.labels());
        missing.removeAll(worker.labels());
        return missing;
    }
}
