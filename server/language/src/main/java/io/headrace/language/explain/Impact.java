package io.headrace.language.explain;

import io.headrace.language.Plan;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Counts the jobs that a job's failure concerns: those that wait for it, directly or not. */
final class Impact {

    /** The sets of larger plans would take more memory than an answer is worth. */
    private static final int MOST_JOBS = 10_000;

    private Impact() {}

    /** Returns the counts by id; empty for large plans. */
    static Map<String, Integer> of(Plan plan) {
        if (plan.jobs().size() > MOST_JOBS) {
            return Map.of();
        }
        var numbers = new HashMap<String, Integer>();
        plan.jobs().forEach(job -> numbers.put(job.id(), numbers.size()));
        var dependants = new BitSet[numbers.size()];
        for (int i = 0; i < dependants.length; i++) {
            dependants[i] = new BitSet();
        }
        // What waits for a job stands in a later level, and is complete when its own turn is over.
        for (var level : plan.levels().reversed()) {
            for (var id : level) {
                var job = plan.jobs().get(numbers.getOrDefault(id, 0));
                int own = numbers.getOrDefault(id, 0);
                for (var need : job.needs()) {
                    var number = numbers.get(need);
                    if (number != null) {
                        dependants[number].or(dependants[own]);
                        dependants[number].set(own);
                    }
                }
            }
        }
        var counts = new HashMap<String, Integer>();
        numbers.forEach((id, number) -> counts.put(id, dependants[number].cardinality()));
        return counts;
    }
}
