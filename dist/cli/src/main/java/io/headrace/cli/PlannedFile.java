package io.headrace.cli;

import io.headrace.language.Pipeline;
import io.headrace.language.PipelineProblem;
import io.headrace.language.Plan;
import io.headrace.language.Planner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline file with its plan for one event.
 *
 * @param pipeline null if the file has errors
 * @param plan null if there is an error among the problems
 */
record PlannedFile(
        @Nullable Pipeline pipeline, @Nullable Plan plan, List<PipelineProblem> problems) {

    static PlannedFile of(PipelineFile file, EventOptions options) {
        var parsed = file.parse(options.strict());
        var pipeline = parsed.pipeline();
        if (pipeline == null) {
            return new PlannedFile(null, null, parsed.problems());
        }
        var planned = new Planner(options.undefined()).plan(pipeline, options.event());
        var problems = new ArrayList<>(parsed.problems());
        problems.addAll(planned.problems());
        problems.sort(PipelineProblem.BY_PLACE);
        return new PlannedFile(pipeline, planned.plan(), problems);
    }
}
