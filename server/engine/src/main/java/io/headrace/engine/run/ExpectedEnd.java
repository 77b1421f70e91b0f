package io.headrace.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a run is over, if each job takes as long as in earlier runs and there is always a
 * worker free; so at the earliest. Takes time linear in jobs and needs.
 */
public final class ExpectedEnd {

    private final Map<String, Duration> past;
    private final Map<String, RunDetail.Job> jobs = new HashMap<>();
    private final Map<String, Integer> open = new HashMap<>();
    private final Map<String, List<String>> dependants = new HashMap<>();
    private final Map<String, Instant> ends = new HashMap<>();

    private ExpectedEnd(RunDetail run, Map<String, Duration> past) {
        this.past = past;
        for (var job : run.jobs()) {
            jobs.put(job.key(), job);
            open.put(job.key(), job.needs().size());
            for (var need : job.needs()) {
                dependants.computeIfAbsent(need, _ -> new ArrayList<>()).add(job.key());
            }
        }
    }

    /**
     * Returns the expected end, which lies in the past where jobs take longer than before.
     *
     * @param past how long jobs take, by their keys
     * @return empty if the run is over, has no jobs, or has one left that was never measured
     */
    public static Optional<Instant> of(RunDetail run, Map<String, Duration> past) {
        return run.run().status().isTerminal() || run.jobs().isEmpty()
                ? Optional.empty()
                : new ExpectedEnd(run, past).end();
    }

    private Optional<Instant> end() {
        var ready = new ArrayDeque<String>();
        open.forEach((key, needs) -> {
            if (needs == 0) {
                ready.add(key);
            }
        });
        var last = Instant.MIN;
        for (var key = ready.poll(); key != null; key = ready.poll()) {
            var job = jobs.get(key);
            var end = job == null ? null : end(job);
            if (end == null) {
                return Optional.empty();
            }
            ends.put(key, end);
            last = later(last, end);
            for (var dependant : dependants.getOrDefault(key, List.of())) {
                if (open.merge(dependant, -1, Integer::sum) == 0) {
                    ready.add(dependant);
                }
            }
        }
        return Optional.of(last);
    }

    /** Returns null if nobody knows. */
    private @Nullable Instant end(RunDetail.Job job) {
        var start = job.createdAt();
        for (var need : job.needs()) {
            start = later(start, ends.getOrDefault(need, start));
        }
        if (job.status().isTerminal()) {
            return job.finishedAt() == null ? start : job.finishedAt();
        }
        var time = past.get(job.key());
        if (time == null) {
            return null;
        }
        return (job.startedAt() == null ? start : job.startedAt()).plus(time);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
