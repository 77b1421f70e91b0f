package io.headrace.engine.run;

import io.headrace.language.PipelineProblem;
import io.headrace.language.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what came of a pipeline file may run.
 *
 * @param plan null if it may not, which {@code reason} explains
 * @param problems sorted by line, warnings included
 * @param reason in words; empty if there is a plan
 */
public record Decision(@Nullable Plan plan, List<PipelineProblem> problems, String reason) {

    public Decision {
        problems = List.copyOf(problems);
    }

    static Decision of(Pipelines.Planned planned) {
        var plan = planned.plan();
        if (plan == null) {
            return new Decision(null, planned.problems(), reasonOf(planned.problems()));
        }
        if (!plan.terms().blockers().isEmpty()) {
            // To run the rest would be to do something else than the file says.
            return new Decision(
                    null,
                    planned.problems(),
                    "This server can't do %s of the pipeline file yet, so nothing was started; see the problems"
                            .formatted(String.join(", ", plan.terms().blockers())));
        }
        return new Decision(plan, planned.problems(), "");
    }

    private static String reasonOf(List<PipelineProblem> problems) {
        var errors =
                problems.stream()
                        .filter(p -> p.severity() == PipelineProblem.Severity.ERROR)
                        .toList();
        if (errors.isEmpty()) {
            return "the pipeline could not be planned";
        }
        var first = errors.getFirst().toString();
        return errors.size() == 1
                ? first
                : "%s (and %d more problems)".formatted(first, errors.size() - 1);
    }
}
