package io.headrace.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Sorts jobs into levels, after Kahn: no recursion, in time linear in jobs and edges. */
final class Levels {

    private Levels() {}

    /** Returns ids by level, each level in the order of the plan. The graph has no cycle. */
    static List<List<String>> of(List<Plan.Job> jobs) {
        var index = new HashMap<String, Integer>();
        for (int i = 0; i < jobs.size(); i++) {
            index.put(jobs.get(i).id(), i);
        }
        var waiting = new int[jobs.size()];
        var dependants = new ArrayList<List<Integer>>();
        jobs.forEach(_ -> dependants.add(new ArrayList<>()));
        for (int i = 0; i < jobs.size(); i++) {
            waiting[i] = jobs.get(i).needs().size();
            for (var need : jobs.get(i).needs()) {
                dependants.get(index.getOrDefault(need, i)).add(i);
            }
        }
        var levels = new ArrayList<List<String>>();
        var level = new ArrayList<Integer>();
        for (int i = 0; i < waiting.length; i++) {
            if (waiting[i] == 0) {
                level.add(i);
            }
        }
        while (!level.isEmpty()) {
            levels.add(level.stream().map(i -> jobs.get(i).id()).toList());
            var next = new ArrayList<Integer>();
            for (int job : level) {
                for (int dependant : dependants.get(job)) {
                    if (--waiting[dependant] == 0) {
                        next.add(dependant);
                    }
                }
            }
            next.sort(null);
            level = next;
        }
        return List.copyOf(levels);
    }
}
