package io.headrace.engine.worker;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.queue.Forecast;
import io.headrace.engine.queue.JobTimes;
import io.headrace.engine.queue.PoolRules;
import io.headrace.engine.queue.QueueStore;
import io.headrace.engine.run.QueuedJob;
import io.headrace.engine.run.WaitingJob.Expected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says when jobs are expected to start: the later of when a slot of the pool is free for them and,
 * if their project has a limit, of when that lets them; see {@link Forecast}. Labels are left out
 * of account: all slots of a pool count as the same. One thread at a time.
 */
final class Starts {

    private final List<WorkerView> workers;
    private final JobTimes times;
    private final Instant now;
    private final Map<String, ProjectId> projects = new HashMap<>();
    private final Map<String, Integer> poolLimits = new HashMap<>();
    private final Map<ProjectId, Integer> projectLimits = new HashMap<>();
    private final Map<String, Optional<Forecast>> ofPools = new HashMap<>();
    private final Map<ProjectId, Forecast> ofProjects = new HashMap<>();

    Starts(
            List<WorkerView> workers,
            List<QueueStore.Part> parts,
            List<PoolRules> rules,
            List<QueuedJob> jobs,
            JobTimes times,
            Instant now) {
        this.workers = workers.stream().filter(WorkerView::online).toList();
        this.times = times;
        this.now = now;
        jobs.forEach(job -> projects.put(job.project(), job.projectId()));
        for (var rule : rules) {
            if (rule.maxRunning() != null) {
                poolLimits.put(rule.pool(), rule.maxRunning());
            }
        }
        for (var part : parts) {
            if (part.share().maxRunning() != null) {
                projectLimits.put(part.project(), part.share().maxRunning());
            }
        }
    }

    /** Asked for one job after the other, in the order in which they are taken. */
    @Nullable Expected of(QueuedJob job) {
        var time = times.of(job.projectId(), job.name(), job.pool());
        var ofPool = ofPools.computeIfAbsent(job.pool(), this::forecast);
        if (time == null || ofPool.isEmpty()) {
            return null;
        }
        var start = ofPool.get().next(time);
        var limit = projectLimits.get(job.projectId());
        if (limit != null) {
            var ofProject =
                    ofProjects.computeIfAbsent(
                            job.projectId(),
                            _ -> new Forecast(now, limit, running(job.project(), null)));
            start = start.orLater(ofProject.next(time));
        }
        return job.notBefore() == null
                ? start
                : start.orLater(new Expected(job.notBefore(), job.notBefore()));
    }

    private Optional<Forecast> forecast(String pool) {
        var slots =
                workers.stream()
                        .filter(worker -> worker.pools().contains(pool))
                        .mapToInt(WorkerView::slots)
                        .sum();
        var limited = Math.min(slots, poolLimits.getOrDefault(pool, slots));
        return limited < 1
                ? Optional.empty()
                : Optional.of(new Forecast(now, limited, running(null, pool)));
    }

    /** Lists what runs of a project (null: of all) on the workers of a pool (null: of all). */
    private List<Forecast.Running> running(@Nullable String project, @Nullable String pool) {
        var running = new ArrayList<Forecast.Running>();
        for (var worker : workers) {
            if (pool != null && !worker.pools().contains(pool)) {
                continue;
            }
            for (var work : worker.working()) {
                if (project == null || project.equals(work.project())) {
                    running.add(new Forecast.Running(work.since(), time(work, worker)));
                }
            }
        }
        return running;
    }

    /** What nothing is known of is taken to end now. */
    private JobTimes.Spread time(WorkerView.Work work, WorkerView worker) {
        var project = projects.get(work.project());
        for (var pool : worker.pools()) {
            var time = project == null ? times.of(pool) : times.of(project, work.job(), pool);
            if (time != null) {
                return time;
            }
        }
        return new JobTimes.Spread(Duration.ZERO, Duration.ZERO);
    }
}
