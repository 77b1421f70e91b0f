package io.headrace.language;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Warns of jobs that wait for one which another of their needs waits for anyway. Conditions end the
 * search: a job that is skipped waits for nobody, and what failed before matters to a condition.
 */
final class RedundantNeeds {

    /** Past this, the rest goes unsaid: a warning is not worth minutes. */
    private static final long MAX_WORK = 1_000_000;

    private final Pipeline pipeline;
    private final Problems problems;
    private final Map<String, JobDefinition> jobs = new HashMap<>();
    private long work;

    RedundantNeeds(Pipeline pipeline, Problems problems) {
        this.pipeline = pipeline;
        this.problems = problems;
        pipeline.jobs().forEach(job -> jobs.put(job.key(), job));
    }

    void check() {
        for (var job : pipeline.jobs()) {
            if (job.needs().size() > 1
                    && job.condition() == null
                    && job.needs().stream().noneMatch(need -> need.name().equals(job.key()))
                    && work < MAX_WORK) {
                check(job);
            }
        }
    }

    private void check(JobDefinition job) {
        var via = new HashMap<String, String>();
        for (var need : job.needs()) {
            // What is named as a variant is not looked through: others of its matrix may differ.
            var direct = jobs.get(need.name());
            if (direct != null && direct.condition() == null) {
                collect(direct, via);
            }
        }
        for (var need : job.needs()) {
            var other = via.get(need.name());
            if (other != null) {
                problems.top()
                        .inJob(job.key())
                        .warning(
                                ProblemCode.REDUNDANT_NEED,
                                need.mark(),
                                "job '%s' need not name '%s': it waits for '%s', which waits for it"
                                        .formatted(job.key(), need.name(), other),
                                "remove it");
            }
        }
    }

    /** Notes what a need waits for, directly or not. */
    private void collect(JobDefinition need, Map<String, String> via) {
        // That it waits for itself is ignored elsewhere too.
        var seen = new HashSet<String>(Set.of(need.key()));
        var queue = new ArrayDeque<>(need.needs());
        for (var next = queue.poll(); next != null && work < MAX_WORK; next = queue.poll()) {
            work++;
            if (seen.add(next.name())) {
                via.putIfAbsent(next.name(), need.key());
                var job = jobs.get(next.name());
                if (job != null && job.condition() == null) {
                    queue.addAll(job.needs());
                }
            }
        }
    }
}
