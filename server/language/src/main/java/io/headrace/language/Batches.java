package io.headrace.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Makes jobs wait for each other where not all that can run at a time may. */
final class Batches {

    private Batches() {}

    /** Returns the jobs in their order; those of a batch wait for all of the batch before. */
    static List<Plan.Job> of(List<Plan.Job> jobs, PlanTerms terms) {
        int size =
                switch (terms.mode()) {
                    case PARALLEL -> 0;
                    case SERIAL -> 1;
                    case BATCH -> terms.batchSize();
                };
        if (size == 0) {
            return jobs;
        }
        Map<String, List<String>> before = new HashMap<>();
        List<String> last = List.of();
        for (var level : Levels.of(jobs)) {
            // A level is divided, never mixed with the next, whose jobs may need it.
            for (int from = 0; from < level.size(); from += size) {
                var batch = level.subList(from, Math.min(level.size(), from + size));
                for (var id : batch) {
                    before.put(id, last);
                }
                last = batch;
            }
        }
        var ordered = new ArrayList<Plan.Job>();
        for (var job : jobs) {
            var needs = new LinkedHashSet<>(job.needs());
            needs.addAll(before.getOrDefault(job.id(), List.of()));
            ordered.add(job.waitingFor(List.copyOf(needs)));
        }
        return ordered;
    }
}
