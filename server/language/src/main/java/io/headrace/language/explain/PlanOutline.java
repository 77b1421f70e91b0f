package io.headrace.language.explain;

import io.headrace.language.Plan;
import io.headrace.language.Plan.Condition.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan to look at: what runs, in which order, how long its longest chain is.
 *
 * @param starts whether the event starts a run at all; nothing that a person starts is refused
 * @param hash of the plan
 * @param nodes in the order of the plan
 * @param levels ids of nodes; those of one level need only nodes of earlier levels
 * @param criticalPath ids of the chain that takes longest, which no number of workers makes
 *     shorter; jobs that are skipped take no time
 * @param speedUp how many times faster the run is with as many workers as it can use than with one;
 *     1 if nothing runs
 * @param chainSeconds how long that chain took in the past; null if nobody knows. A job that nobody
 *     measured counts as one second
 * @param limitSeconds longest time that the run may take
 * @param measured whether past durations were known; otherwise every job counts the same
 * @param groups the same graph with the variants of each matrix as one
 * @param generator id of the job that has to run before the rest of the plan is known; null if all
 *     of it is
 */
public record PlanOutline(
        String name,
        boolean starts,
        String hash,
        List<Node> nodes,
        List<Edge> edges,
        List<List<String>> levels,
        List<String> criticalPath,
        double speedUp,
        @Nullable Double chainSeconds,
        long limitSeconds,
        boolean measured,
        List<Group> groups,
        @Nullable String generator) {

    /**
     * A job, or one variant of it.
     *
     * @param matrix values by axis; empty without one
     * @param level from 0
     * @param condition as written; null where there is none
     * @param reason the condition with its values, or why it is skipped; null where there is
     *     nothing to say
     * @param critical whether it is on the critical path
     * @param impact how many jobs wait for it, directly or not; null in plans of more than 10,000
     */
    public record Node(
            String id,
            String name,
            String baseName,
            Map<String, String> matrix,
            @Nullable String stage,
            int level,
            Verdict verdict,
            @Nullable String condition,
            @Nullable String reason,
            boolean critical,
            @Nullable Integer impact) {}

    /**
     * A dependency.
     *
     * @param source what has to be over first
     * @param target what waits for it
     */
    public record Edge(String source, String target) {}

    /** Outlines a plan of which nobody knows how long its jobs take. */
    public static PlanOutline of(Plan plan, boolean starts) {
        return of(plan, starts, Map.of());
    }

    /**
     * Outlines a plan.
     *
     * @param past how long jobs took, by id or, for all variants of a job, by base name
     */
    public static PlanOutline of(Plan plan, boolean starts, Map<String, Duration> past) {
        var level = new HashMap<String, Integer>();
        for (int i = 0; i < plan.levels().size(); i++) {
            for (var id : plan.levels().get(i)) {
                level.put(id, i);
            }
        }
        var chain = LongestChain.of(plan, past);
        var critical = new HashSet<>(chain.ids());
        var impact = Impact.of(plan);
        var nodes = new ArrayList<Node>();
        var edges = new ArrayList<Edge>();
        for (var job : plan.jobs()) {
            nodes.add(
                    node(
                            job,
                            level.getOrDefault(job.id(), 0),
                            critical.contains(job.id()),
                            impact.get(job.id())));
            job.needs().forEach(need -> edges.add(new Edge(need, job.id())));
        }
        return new PlanOutline(
                plan.name(),
                starts,
                plan.hash(),
                List.copyOf(nodes),
                List.copyOf(edges),
                plan.levels(),
                chain.ids(),
                chain.speedUp(),
                past.isEmpty() ? null : chain.seconds(),
                plan.timeLimit().toSeconds(),
                !past.isEmpty(),
                Group.of(nodes, plan),
                generator(plan));
    }

    private static @Nullable String generator(Plan plan) {
        var generation = plan.terms().generation();
        return generation == null || !generation.open() ? null : generation.job();
    }

    private static Node node(Plan.Job job, int level, boolean critical, @Nullable Integer impact) {
        var condition = job.condition();
        return new Node(
                job.id(),
                job.name(),
                job.baseName(),
                job.matrix(),
                job.stage(),
                level,
                condition.verdict(),
                condition.expression().isEmpty() ? null : condition.expression(),
                condition.explanation().isEmpty() ? null : condition.explanation(),
                critical,
                impact);
    }
}
