package io.headrace.store;

import io.headrace.engine.Refused;
import io.headrace.engine.TimeId;
import io.headrace.engine.run.NewRun;
import io.headrace.engine.run.Status;
import io.headrace.language.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a new run as nodes, with their first states, and the gates between them.
 *
 * @param nodes in the order of the plan
 * @param gates by what they wait for
 */
record Graph(List<Node> nodes, List<Gate> gates) {

    /**
     * A job.
     *
     * @param gate that it waits behind, or null if it needs nothing
     * @param needed whether another job needs it
     * @param attempt id of its first attempt, or null unless it is queued at once
     * @param isThere whether it is part of the run already, and over
     */
    record Node(
            long id,
            int place,
            Plan.Job job,
            Status status,
            NewRun.@Nullable Kept kept,
            @Nullable Gate gate,
            boolean needed,
            @Nullable Long attempt,
            boolean isThere) {}

    /**
     * What the jobs behind it have in common.
     *
     * @param needs keys of jobs
     * @param open how many of them are not terminal at the beginning
     */
    record Gate(long id, List<String> needs, int open) {}

    /** Builds the graph of a new run. */
    static Graph of(Plan plan, Map<String, NewRun.Kept> kept, TimeId ids) {
        return of(plan, kept, Map.of(), ids);
    }

    /**
     * Builds the graph.
     *
     * @param there ids, by key, of jobs that are part of the run already, and have succeeded
     * @throws Refused if a job needs one that is not there, or if jobs need each other in a circle
     */
    static Graph of(Plan plan, Map<String, NewRun.Kept> kept, Map<String, Long> there, TimeId ids) {
        var jobs = new LinkedHashMap<String, Plan.Job>();
        var needed = new LinkedHashSet<String>();
        for (var job : plan.jobs()) {
            if (jobs.put(job.id(), job) != null) {
                throw Refused.invalid("The plan has two jobs '" + job.id() + "'");
            }
            needed.addAll(job.needs());
        }
        needed.stream()
                .filter(need -> !jobs.containsKey(need))
                .findFirst()
                .ifPresent(need -> {
                    throw Refused.invalid("The plan has no job '" + need + "', but others need it");
                });
        refuseCircles(plan);
        var done = new HashSet<>(there.keySet());
        plan.jobs().stream().filter(job -> isDone(job, kept)).map(Plan.Job::id).forEach(done::add);
        var gates = new LinkedHashMap<List<String>, Gate>();
        var nodes = new ArrayList<Node>();
        for (var job : plan.jobs()) {
            var needs = job.needs().stream().distinct().toList();
            var gate =
                    needs.isEmpty()
                            ? null
                            : gates.computeIfAbsent(needs, key -> gate(key, done, ids.next()));
            var status = gate != null && gate.open() > 0 ? Status.PENDING : Status.QUEUED;
            var id = there.get(job.id());
            if (id != null) {
                status = Status.SUCCEEDED;
            } else if (done.contains(job.id())) {
                var taken = kept.get(job.id());
                status = taken == null ? Status.SKIPPED : taken.status();
            }
            nodes.add(
                    new Node(
                            id == null ? ids.next() : id,
                            nodes.size(),
                            job,
                            status,
                            kept.get(job.id()),
                            gate,
                            needed.contains(job.id()),
                            status == Status.QUEUED ? ids.next() : null,
                            id != null));
        }
        return new Graph(List.copyOf(nodes), List.copyOf(gates.values()));
    }

    private static Gate gate(List<String> needs, Set<String> done, long id) {
        var open = needs.stream().filter(need -> !done.contains(need)).count();
        return new Gate(id, needs, (int) open);
    }

    /** Returns whether there is nothing to run: it was kept, or the plan skips it. */
    private static boolean isDone(Plan.Job job, Map<String, NewRun.Kept> kept) {
        return kept.containsKey(job.id())
                || job.condition().verdict() == Plan.Condition.Verdict.SKIPPED;
    }

    private static void refuseCircles(Plan plan) {
        var open = new HashMap<String, Integer>();
        var dependants = new HashMap<String, List<String>>();
        var free = new ArrayDeque<String>();
        for (var job : plan.jobs()) {
            var needs = Set.copyOf(job.needs());
            open.put(job.id(), needs.size());
            needs.forEach(
                    need -> dependants.computeIfAbsent(need, _ -> new ArrayList<>()).add(job.id()));
            if (needs.isEmpty()) {
                free.add(job.id());
            }
        }
        for (var next = free.poll(); next != null; next = free.poll()) {
            open.remove(next);
            for (var dependant : dependants.getOrDefault(next, List.of())) {
                if (open.merge(dependant, -1, Integer::sum) == 0) {
                    free.add(dependant);
                }
            }
        }
        if (!open.isEmpty()) {
            throw Refused.invalid(
                    "Jobs of the plan need each other in a circle: "
                            + open.keySet().stream().sorted().toList());
        }
    }

    /** Returns how many jobs are not terminal at the beginning. */
    int left() {
        return (int) nodes.stream().filter(node -> !node.status().isTerminal()).count();
    }
}
