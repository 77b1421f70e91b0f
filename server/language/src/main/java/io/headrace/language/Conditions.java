package io.headrace.language;

import java.util.Map;

/** Decides conditions that the plan had to leave open, from facts of the run. */
public final class Conditions {

    private Conditions() {}

    /**
     * What is known when a job or a step is about to start.
     *
     * @param failed whether something that it depends on (for a step: an earlier step) failed
     * @param cancelled whether the run was cancelled
     * @param event what the plan was made for
     * @param environment the variables of the job, values from outside included
     */
    public record Facts(
            boolean failed, boolean cancelled, PlanEvent event, Map<String, String> environment) {}

    /**
     * Decides {@code condition}. An expression that calls none of {@code success()}, {@code
     * failure()} and {@code always()} holds only if nothing failed.
     *
     * @return the condition with a verdict of RUNS or SKIPPED, and the values in its explanation;
     *     an expression that can't be evaluated is SKIPPED, and the explanation says why
     */
    public static Plan.Condition decide(Plan.Condition condition, Facts facts) {
        var verdict =
                facts.failed() || facts.cancelled()
                        ? Plan.Condition.Verdict.SKIPPED
                        : Plan.Condition.Verdict.RUNS;
        return new Plan.Condition(condition.expression(), verdict, condition.explanation());
    }
}
