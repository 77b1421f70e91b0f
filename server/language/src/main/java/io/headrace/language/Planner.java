package io.headrace.language;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a {@link Pipeline} into the {@link Plan} for one event. */
public final class Planner {

    /**
     * What came of a pipeline.
     *
     * @param plan null if there is an error among the problems
     * @param problems sorted by line and column
     */
    public record Result(@Nullable Plan plan, List<PipelineProblem> problems) {}

    /**
     * Plans {@code pipeline} for {@code event}. Any number of threads may call it.
     *
     * @return an equal result for equal arguments
     */
    public Result plan(Pipeline pipeline, PlanEvent event) {
        return new Result(null, List.of());
    }
}
