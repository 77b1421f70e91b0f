package io.headrace.language;

import io.headrace.language.Plan.Condition;
import io.headrace.language.Plan.Condition.Verdict;
import io.headrace.language.expression.Expression;
import io.headrace.language.expression.ExpressionException;
import io.headrace.language.expression.ExpressionParser;
import io.headrace.language.expression.Function;
import io.headrace.language.expression.Reducer;
import io.headrace.language.expression.Undefined;
import io.headrace.language.expression.Value;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides conditions: as far as the plan can, and later, from facts of the run. */
public final class Conditions {

    private Conditions() {}

    /**
     * What is known when a job or a step is about to start.
     *
     * @param failed whether something that it depends on (for a step: an earlier step) failed
     * @param cancelled whether the run was cancelled
     * @param event what the plan was made for
     * @param environment the variables of the job, values from outside included
     * @param results of the jobs that the job waited for
     */
    public record Facts(
            boolean failed,
            boolean cancelled,
            PlanEvent event,
            Map<String, String> environment,
            JobResults results) {}

    /**
     * Decides the condition of a job. An expression that calls none of {@code success()}, {@code
     * failure()} and {@code always()}, and asks for the status of no other job, holds only if
     * nothing failed and nobody cancelled.
     *
     * @return the condition with a verdict of RUNS or SKIPPED, and the values in its explanation;
     *     an expression that can't be evaluated is SKIPPED, and the explanation says why
     */
    public static Condition ofJob(Condition condition, Facts facts) {
        return decide(condition, facts, true);
    }

    /**
     * Decides the condition of a step. An expression that calls none of {@code success()}, {@code
     * failure()} and {@code always()} holds only if no earlier step failed.
     *
     * @return as {@link #ofJob}
     */
    public static Condition ofStep(Condition condition, Facts facts) {
        return decide(condition, facts, false);
    }

    private static Condition decide(Condition condition, Facts facts, boolean ofJob) {
        if (condition.verdict() == Verdict.SKIPPED) {
            return condition;
        }
        boolean ended = facts.failed() || facts.cancelled();
        if (condition.verdict() == Verdict.RUNS) {
            return ended ? stopped(condition, facts) : condition;
        }
        try {
            var open = ExpressionParser.parseReduced(condition.open());
            if (ended
                    && !asksForStatus(ExpressionParser.parse(condition.expression()), ofJob)
                    && !asksForStatus(open, ofJob)) {
                return stopped(condition, facts);
            }
            var known =
                    new RunFacts(
                            facts.event(),
                            Map.of(),
                            Map.of(),
                            Environment.of(facts.environment()),
                            facts.failed(),
                            facts.cancelled(),
                            facts.results(),
                            new Ledger(false),
                            Undefined.ERROR);
            var reducer = new Reducer(allKnown(known));
            var result = reducer.reduceCondition(open);
            boolean holds =
                    result instanceof Expression.Literal(Value.Truth(var value), _, _) && value;
            return new Condition(
                    condition.expression(),
                    holds ? Verdict.RUNS : Verdict.SKIPPED,
                    explained(condition.explanation(), reducer.seen()),
                    "");
        } catch (ExpressionException e) {
            return undecidable(condition.expression(), condition.explanation(), e);
        }
    }

    /** Decides a condition as far as the facts of a plan go. */
    static Condition plan(@Nullable Guard guard, RunFacts facts, boolean ofJob) {
        if (guard == null) {
            return Condition.NONE;
        }
        var reducer = new Reducer(facts);
        try {
            var result = reducer.reduceCondition(guard.expression());
            var explanation = explained(guard.text(), reducer.seen());
            boolean status =
                    asksForStatus(guard.expression(), ofJob) || asksForStatus(result, ofJob);
            if (result instanceof Expression.Literal(Value.Truth(var value), _, _)
                    && (!value || !status)) {
                return new Condition(
                        guard.text(), value ? Verdict.RUNS : Verdict.SKIPPED, explanation, "");
            }
            var open = result.print();
            // Whether it can be read when the rest is known: a value may be too long.
            ExpressionParser.parseReduced(open);
            return new Condition(guard.text(), Verdict.DEFERRED, explanation, open);
        } catch (ExpressionException e) {
            return undecidable(guard.text(), explained(guard.text(), reducer.seen()), e);
        }
    }

    /** Tells whether a secret would decide. */
    static boolean namesSecret(Condition condition) {
        return condition.open().contains("secrets.") && LateValues.namesSecret(open(condition));
    }

    /** Tells whether files would decide, which no condition sees. */
    static boolean asksForFiles(Condition condition) {
        return condition.open().contains(Function.HASH_FILES.keyword())
                && open(condition).calls(Function.HASH_FILES).findAny().isPresent();
    }

    private static Expression open(Condition condition) {
        try {
            return ExpressionParser.parseReduced(condition.open());
        } catch (ExpressionException e) {
            throw new IllegalStateException("was read before", e);
        }
    }

    /** When a job starts there is no later moment: a variable that isn't set is empty. */
    private static io.headrace.language.expression.Facts allKnown(RunFacts facts) {
        return new io.headrace.language.expression.Facts() {
            @Override
            public Value value(String path) {
                var value = facts.value(path);
                return value == null ? new Value.Text("") : value;
            }

            @Override
            public @Nullable Boolean status(io.headrace.language.expression.Function function) {
                return facts.status(function);
            }
        };
    }

    private static Condition stopped(Condition condition, Facts facts) {
        var why = facts.cancelled() ? "the run was cancelled" : "something before it failed";
        return new Condition(
                condition.expression(),
                Verdict.SKIPPED,
                condition.explanation().isEmpty() ? why : condition.explanation() + "; " + why,
                "");
    }

    private static Condition undecidable(
            String expression, String explanation, ExpressionException e) {
        return new Condition(
                expression,
                Verdict.SKIPPED,
                "%s can't be decided: %s".formatted(explanation, e.flaw().message()),
                "");
    }

    private static String explained(String text, Map<String, String> seen) {
        if (seen.isEmpty()) {
            return text;
        }
        var values =
                seen.entrySet().stream()
                        .map(each -> each.getKey() + " = " + each.getValue())
                        .collect(Collectors.joining(", "));
        return text + (text.contains(" with ") ? ", " : " with ") + values;
    }

    private static boolean asksForStatus(Expression expression, boolean ofJob) {
        return callsStatus(expression)
                || (ofJob
                        && expression
                                .references()
                                .map(each -> ResultName.of(each.path()))
                                .anyMatch(each ->
                                        each != null && each.kind() == ResultName.Kind.STATUS));
    }

    private static boolean callsStatus(Expression expression) {
        return switch (expression) {
            case Expression.Literal _, Expression.Reference _ -> false;
            case Expression.Not not -> callsStatus(not.operand());
            case Expression.Negative negative -> callsStatus(negative.operand());
            case Expression.Binary binary ->
                    callsStatus(binary.left()) || callsStatus(binary.right());
            case Expression.Index index -> callsStatus(index.target()) || callsStatus(index.key());
            case Expression.Call call ->
                    call.function().isStatus()
                            || call.arguments().stream().anyMatch(Conditions::callsStatus);
        };
    }
}
