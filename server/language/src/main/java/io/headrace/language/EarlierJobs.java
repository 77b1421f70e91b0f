package io.headrace.language;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which jobs a job waits for, directly or not, stages included. For one thread. */
final class EarlierJobs {

    /** Past this, a wrong name shows only when the job runs: better than minutes of checking. */
    private static final long MAX_WORK = 2_000_000;

    private final Pipeline pipeline;
    private final Variants variants;
    private final Map<String, Integer> stages = new HashMap<>();
    private long work;

    EarlierJobs(Pipeline pipeline, Variants variants) {
        this.pipeline = pipeline;
        this.variants = variants;
        pipeline.stages().forEach(stage -> stages.put(stage, stages.size()));
    }

    /** Tells whether looking for more would take too long. */
    boolean isTooMuch() {
        return work >= MAX_WORK;
    }

    /** Returns the keys of all jobs that {@code job} waits for. */
    Set<String> of(JobDefinition job) {
        var found = new HashSet<String>();
        var queue = new ArrayDeque<JobDefinition>(List.of(job));
        int stage = stage(job);
        if (stage > 0) {
            work += pipeline.jobs().size();
            pipeline.jobs().stream()
                    .filter(other -> other.stage() != null && stage(other) < stage)
                    .forEach(queue::add);
        }
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            if (!next.key().equals(job.key()) && !found.add(next.key())) {
                continue;
            }
            work += next.needs().size() + 1;
            for (var need : next.needs()) {
                variants.named(need.name()).stream()
                        .limit(1)
                        .map(Variants.Variant::job)
                        // In a cycle, the job itself comes up again.
                        .filter(other -> !other.key().equals(job.key()))
                        .filter(other -> !found.contains(other.key()))
                        .forEach(queue::add);
            }
        }
        return found;
    }

    /** Returns the number of the job's stage, or 0 without one: no job comes before stage 0. */
    private int stage(JobDefinition job) {
        return job.stage() == null ? 0 : stages.getOrDefault(job.stage().value(), 0);
    }
}
