package io.headrace.web.run;

import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.Status;
import io.headrace.language.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan as a graph.
 *
 * @param nodes in the plan's order
 * @param levels ids of nodes; those of one level need only nodes of earlier levels
 * @param hash the same for equal plans
 * @param generator id of the node that has to run before the rest is known; left out if all of the
 *     plan is
 */
public record PlanView(
        String name,
        List<Node> nodes,
        List<Edge> edges,
        List<List<String>> levels,
        String hash,
        @Nullable String generator) {

    /**
     * A job.
     *
     * @param id its key in the plan
     * @param job its id in the run; left out where there is no run
     * @param type {@code job}
     * @param level from 0
     * @param condition as written; left out where there is none
     */
    public record Node(
            String id,
            @Nullable String job,
            String label,
            String baseName,
            String type,
            @Nullable String stage,
            int level,
            @Nullable String condition,
            @Nullable Status status,
            @Nullable String reason,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    /**
     * A dependency.
     *
     * @param source what has to be over first
     * @param target what waits for it
     * @param type {@code depends_on}
     */
    public record Edge(String source, String target, String type) {}

    /** Returns the graph of a plan, with the states of a run's jobs if there is a run. */
    static PlanView of(Plan plan, @Nullable RunDetail run) {
        var levels = new HashMap<String, Integer>();
        for (var level = 0; level < plan.levels().size(); level++) {
            for (var id : plan.levels().get(level)) {
                levels.put(id, level);
            }
        }
        var nodes = new ArrayList<Node>();
        var edges = new ArrayList<Edge>();
        for (var job : plan.jobs()) {
            var state = run == null ? null : run.job(job.id()).orElse(null);
            nodes.add(node(job, levels.getOrDefault(job.id(), 0), state));
            for (var need : job.needs()) {
                edges.add(new Edge(need, job.id(), "depends_on"));
            }
        }
        var generation = plan.terms().generation();
        return new PlanView(
                plan.name(),
                nodes,
                edges,
                plan.levels(),
                plan.hash(),
                generation == null || !generation.open() ? null : generation.job());
    }

    private static Node node(Plan.Job job, int level, RunDetail.@Nullable Job state) {
        var condition = job.condition().expression();
        return new Node(
                job.id(),
                state == null ? null : state.id().toString(),
                job.name(),
                job.baseName(),
                "job",
                job.stage(),
                level,
                condition.isEmpty() ? null : condition,
                state == null ? null : state.status(),
                state == null ? null : state.reason(),
                state == null ? null : state.startedAt(),
                state == null ? null : state.finishedAt());
    }
}
