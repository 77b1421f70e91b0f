package io.headrace.engine.worker;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.queue.PoolRules;
import io.headrace.engine.queue.QueueStore;
import io.headrace.engine.run.QueuedJob;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says why jobs wait, from one look at the workers and at who runs what. */
final class Reasons {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final List<WorkerView> workers;
    private final Map<PoolOfProject, QueueStore.Part> parts = new HashMap<>();
    private final Map<ProjectId, Integer> running = new HashMap<>();
    private final Map<String, Integer> runningIn = new HashMap<>();
    private final Map<String, Integer> limits = new HashMap<>();
    private final Map<String, QueuedJob> firsts = new HashMap<>();
    private final Instant now;

    private record PoolOfProject(String pool, ProjectId project) {}

    /**
     * Why a job waits.
     *
     * @param impossible whether no worker that is known could ever take it
     */
    record Reason(String words, boolean impossible) {}

    /**
     * @param jobs in the order in which they are taken
     */
    Reasons(
            List<WorkerView> workers,
            List<QueueStore.Part> parts,
            List<PoolRules> rules,
            List<QueuedJob> jobs,
            Instant now) {
        this.workers = workers;
        this.now = now;
        for (var part : parts) {
            this.parts.put(new PoolOfProject(part.pool(), part.project()), part);
            running.merge(part.project(), part.running(), Integer::sum);
            runningIn.merge(part.pool(), part.running(), Integer::sum);
        }
        for (var rule : rules) {
            if (rule.maxRunning() != null) {
                limits.put(rule.pool(), rule.maxRunning());
            }
        }
        jobs.forEach(job -> firsts.putIfAbsent(job.pool(), job));
    }

    Reason of(QueuedJob job) {
        var ofPool =
                workers.stream().filter(worker -> worker.pools().contains(job.pool())).toList();
        if (ofPool.isEmpty()) {
            return new Reason(
                    "no worker serves the pool '%s'; add one, or change the job's 'pool'"
                            .formatted(job.pool()),
                    true);
        }
        var able =
                ofPool.stream()
                        .filter(worker -> worker.labels().containsAll(job.labels()))
                        .toList();
        if (able.isEmpty()) {
            return new Reason(lacking(job, ofPool), true);
        }
        return new Reason(words(job, able), false);
    }

    private static String lacking(QueuedJob job, List<WorkerView> workers) {
        var nearest =
                workers.stream()
                        .min(Comparator.comparingInt(worker -> missing(job, worker).size()))
                        .orElseThrow();
        return "no worker of pool '%s' has all of the labels %s; nearest is '%s', which lacks %s"
                .formatted(job.pool(), job.labels(), nearest.name(), missing(job, nearest));
    }

    private static Set<String> missing(QueuedJob job, WorkerView worker) {
        var missing = new TreeSet<>(job.labels());
        missing.removeAll(worker.labels());
        return missing;
    }

    private String words(QueuedJob job, List<WorkerView> able) {
        var online = able.stream().filter(WorkerView::online).toList();
        if (online.isEmpty()) {
            return "all workers that could take it are being drained or lost: "
                    + able.stream().map(WorkerView::name).collect(Collectors.joining(", "));
        }
        if (job.notBefore() != null && job.notBefore().isAfter(now)) {
            return "it is tried again, but not before "
                    + TIME.format(job.notBefore().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
        }
        var part = parts.get(new PoolOfProject(job.pool(), job.projectId()));
        var most = part == null ? null : part.share().maxRunning();
        if (most != null && running.getOrDefault(job.projectId(), 0) >= most) {
            return "project '%s' is at its limit of %s".formatted(job.project(), jobs(most));
        }
        var limit = limits.get(job.pool());
        if (limit != null && runningIn.getOrDefault(job.pool(), 0) >= limit) {
            return "pool '%s' is at its limit of %s; it is number %d in line"
                    .formatted(job.pool(), jobs(limit), job.position());
        }
        var slots = online.stream().mapToInt(WorkerView::slots).sum();
        var busy = online.stream().mapToInt(worker -> worker.working().size()).sum();
        return busy < slots ? "a worker is about to take it" : busy(job, slots, part);
    }

    private static String jobs(int count) {
        return count == 1 ? "1 running job" : "%,d running jobs".formatted(count);
    }

    private String busy(QueuedJob job, int slots, QueueStore.@Nullable Part part) {
        var full =
                slots == 1
                        ? "the only slot of pool '%s' is busy".formatted(job.pool())
                        : "all %,d slots of pool '%s' are busy".formatted(slots, job.pool());
        var line = "; it is number %,d in line".formatted(job.position());
        var first = firsts.get(job.pool());
        var own = part == null ? 0 : part.running();
        if (first == null || first.projectId().equals(job.projectId()) || own == 0) {
            return full + line;
        }
        if (first.urgent() && !job.urgent()) {
            return full + line + ", behind urgent jobs";
        }
        return full
                + line
                + ": its project has %,d of them, and others, such as '%s', have less for their weight"
                        .formatted(own, first.project());
    }
}
