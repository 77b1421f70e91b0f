package io.headrace.engine.run;

import io.headrace.engine.Refused;
import io.headrace.language.Plan;
import io.headrace.language.spelling.Spelling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides which jobs of an earlier run are taken over, and which run again. */
final class Repetition {

    private final RunDetail old;
    private final Plan plan;

    /**
     * @param old that is over
     */
    Repetition(RunDetail old, Plan plan) {
        this.old = old;
        this.plan = plan;
    }

    /**
     * Returns the keys of the jobs whose results are taken over.
     *
     * @throws Refused if nothing would be run, or a job is named that is not there
     */
    Set<String> kept(Rerun what) {
        return switch (what.scope()) {
            case ALL, NEWEST -> generator();
            case FAILED -> failed();
            case FROM -> from(what.from());
        };
    }

    /** What was generated is part of the plan, and not generated again. */
    private Set<String> generator() {
        var generation = plan.terms().generation();
        return generation == null || generation.open() ? Set.of() : Set.of(generation.job());
    }

    private Set<String> failed() {
        var kept = allBut(notSatisfied());
        if (kept.size() == plan.jobs().size()) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "Nothing in run #%d failed; run all of it again instead"
                            .formatted(old.run().number()));
        }
        return kept;
    }

    private Set<String> from(Collection<String> names) {
        if (names.isEmpty()) {
            throw Refused.invalid("Say from which job on to run, such as \"jobs\": [\"test\"]");
        }
        var again = notSatisfied();
        for (var name : names) {
            var named =
                    plan.jobs().stream()
                            .filter(job -> job.id().equals(name) || job.baseName().equals(name))
                            .map(Plan.Job::id)
                            .toList();
            if (named.isEmpty()) {
                var known = plan.jobs().stream().map(Plan.Job::id).toList();
                throw Refused.invalid(
                        "Run #%d has no job '%s'; %s"
                                .formatted(
                                        old.run().number(),
                                        name,
                                        Spelling.suggestion(name, known, "jobs")));
            }
            again.addAll(named);
        }
        var kept = new HashSet<>(allBut(again));
        kept.addAll(generator());
        return kept;
    }

    private Set<String> allBut(Set<String> again) {
        var all = withDependants(again);
        return old.jobs().stream()
                .map(RunDetail.Job::key)
                .filter(key -> !all.contains(key))
                .collect(Collectors.toSet());
    }

    private Set<String> notSatisfied() {
        var keys = new HashSet<String>();
        for (var job : old.jobs()) {
            if (!job.status().satisfies()) {
                keys.add(job.key());
            }
        }
        return keys;
    }

    private Set<String> withDependants(Set<String> keys) {
        var dependants = new HashMap<String, List<String>>();
        for (var job : plan.jobs()) {
            for (var need : job.needs()) {
                dependants.computeIfAbsent(need, _ -> new ArrayList<>()).add(job.id());
            }
        }
        var all = new HashSet<>(keys);
        var open = new ArrayDeque<>(keys);
        while (!open.isEmpty()) {
            for (var dependant : dependants.getOrDefault(open.remove(), List.of())) {
                if (all.add(dependant)) {
                    open.add(dependant);
                }
            }
        }
        return all;
    }
}
