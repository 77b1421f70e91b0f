package io.headrace.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which job waits for which, stages included. A stage is a node of its own, so that the size of the
 * graph stays linear in what the file says.
 */
final class Graph {

    /** Bounds the search for the shortest of many cycles; the first one found is short as well. */
    private static final long MAX_WORK = 20_000_000;

    /**
     * One job waits for another.
     *
     * @param need as written, or null where a stage says so
     * @param pointsForward whether the job waited for comes later in the file
     */
    record Edge(String from, String to, JobDefinition.@Nullable Need need, boolean pointsForward) {}

    private record Arc(int to, JobDefinition.@Nullable Need need) {}

    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> index = new HashMap<>();
    private final List<List<Arc>> arcs = new ArrayList<>();
    private final int jobCount;

    Graph(Pipeline pipeline, Map<String, Integer> stages) {
        for (var job : pipeline.jobs()) {
            index.put(job.key(), names.size());
            node(job.key());
        }
        jobCount = names.size();
        for (var stage : pipeline.stages()) {
            node("stage '%s'".formatted(stage));
        }
        for (int stage = 1; stage < pipeline.stages().size(); stage++) {
            arcs.get(jobCount + stage).add(new Arc(jobCount + stage - 1, null));
        }
        for (var job : pipeline.jobs()) {
            var stage = job.stage() == null ? null : stages.get(job.stage().value());
            if (stage != null) {
                int self = node(job);
                arcs.get(jobCount + stage).add(new Arc(self, null));
                if (stage > 0) {
                    arcs.get(self).add(new Arc(jobCount + stage - 1, null));
                }
            }
        }
    }

    private void node(String name) {
        names.add(name);
        arcs.add(new ArrayList<>());
    }

    private int node(JobDefinition job) {
        Integer node = index.get(job.key());
        if (node == null) {
            throw new IllegalArgumentException("no job of this pipeline: " + job.key());
        }
        return node;
    }

    void add(JobDefinition from, JobDefinition to, JobDefinition.Need need) {
        arcs.get(node(from)).add(new Arc(node(to), need));
    }

    /** Returns the shortest cycle, beginning with its first job in the file; null if none. */
    @Nullable List<Edge> shortestCycle() {
        var stuck = stuck();
        List<Integer> best = null;
        long work = 0;
        for (int start = 0; start < jobCount && work < MAX_WORK; start++) {
            if (stuck[start]) {
                var seen = new int[names.size()];
                var cycle = cycleThrough(start, stuck, seen);
                work += Arrays.stream(seen).sum() + names.size();
                if (cycle != null && (best == null || cycle.size() < best.size())) {
                    best = cycle;
                }
                if (best != null && best.size() == 2) {
                    break;
                }
            }
        }
        return best == null ? null : edges(best);
    }

    /** Marks the nodes that wait for a cycle, or are part of one. */
    private boolean[] stuck() {
        int size = names.size();
        var waiting = new int[size];
        var dependants = new ArrayList<List<Integer>>();
        for (int i = 0; i < size; i++) {
            dependants.add(new ArrayList<>());
        }
        var free = new ArrayDeque<Integer>();
        for (int i = 0; i < size; i++) {
            waiting[i] = arcs.get(i).size();
            for (var arc : arcs.get(i)) {
                dependants.get(arc.to()).add(i);
            }
            if (waiting[i] == 0) {
                free.add(i);
            }
        }
        for (var node = free.poll(); node != null; node = free.poll()) {
            for (int dependant : dependants.get(node)) {
                if (--waiting[dependant] == 0) {
                    free.add(dependant);
                }
            }
        }
        var stuck = new boolean[size];
        for (int i = 0; i < size; i++) {
            stuck[i] = waiting[i] > 0;
        }
        return stuck;
    }

    /** Searches breadth first; {@code seen} takes the number of arcs looked at, by node. */
    private @Nullable List<Integer> cycleThrough(int start, boolean[] stuck, int[] seen) {
        var from = new int[names.size()];
        Arrays.fill(from, -1);
        var queue = new ArrayDeque<Integer>();
        queue.add(start);
        for (var node = queue.poll(); node != null; node = queue.poll()) {
            for (var arc : arcs.get(node)) {
                seen[node]++;
                if (arc.to() == start) {
                    return path(from, start, node);
                }
                if (stuck[arc.to()] && from[arc.to()] < 0) {
                    from[arc.to()] = node;
                    queue.add(arc.to());
                }
            }
        }
        return null;
    }

    private static List<Integer> path(int[] from, int start, int last) {
        var path = new ArrayList<Integer>();
        for (int node = last; node != start; node = from[node]) {
            path.add(node);
        }
        path.add(start);
        return path.reversed();
    }

    private List<Edge> edges(List<Integer> cycle) {
        var edges = new ArrayList<Edge>();
        for (int i = 0; i < cycle.size(); i++) {
            int from = cycle.get(i);
            int to = cycle.get((i + 1) % cycle.size());
            var need =
                    arcs.get(from).stream()
                            .filter(arc -> arc.to() == to && arc.need() != null)
                            .findFirst()
                            .map(Arc::need)
                            .orElse(null);
            edges.add(new Edge(names.get(from), names.get(to), need, to > from));
        }
        return edges;
    }
}
