package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.Plan.Condition;
import io.headrace.language.Plan.Condition.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

    private static Condition planned(String expression, PlanEvent event) {
        return Pipelines.plan(
                        """
                        name: conditions
                        parameters:
                          level: {type: number, default: 3}
                          dry: {type: boolean, default: false}
                          name: joe
                        jobs:
                          test:
                            matrix: {java: [21], fast: [true]}
                            environment: {MODE: full, COUNT: 12}
                            if: |-
                              %s
                            steps: [{name: make, run: make}]
                        """
                                .formatted(expression),
                        event)
                .jobs()
                .getFirst()
                .condition();
    }

    private static Conditions.Facts facts(boolean failed, boolean cancelled) {
        return new Conditions.Facts(
                failed,
                cancelled,
                Events.push("dev"),
                Map.of("LATE", "yes", "MODE", "full"),
                JobResults.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "branch == 'dev' ; RUNS",
                "branch != \"dev\" ; SKIPPED",
                "${{ branch == 'dev' }} ; RUNS",
                "event == 'push' && branch == 'main' ; SKIPPED",
                "event == 'tag' || branch == 'dev' ; RUNS",
                "!(event == 'push') ; SKIPPED",
                "github.ref == 'refs/heads/dev' ; RUNS",
                "github.event_name == 'push' ; RUNS",
                "tag == '' ; RUNS",
                "startsWith(commit, '0123') ; RUNS",
                "endsWith(ref, 'x') || contains(ref, 'heads') ; RUNS",
                "matrix.java >= 21 && matrix.java < 22 ; RUNS",
                "matrix.java == 21 && matrix.java == '21' ; RUNS",
                "matrix.fast ; RUNS",
                "env.MODE == 'full' && env.COUNT > 9 ; RUNS",
                "parameters.level <= 2 ; SKIPPED",
                "inputs.dry || parameters.name == 'joe' ; RUNS",
                "true || true && false ; RUNS",
                "(true || true) && false ; SKIPPED",
                "'it''s' == \"it's\" ; RUNS",
                "1.0 == 1 ; RUNS",
                "success() ; DEFERRED",
                "branch == 'main' && failure() ; SKIPPED",
                "branch == 'dev' || failure() ; DEFERRED",
                "env.LATE == 'yes' ; DEFERRED",
            })
    void theEventDecidesWhatItCan(String expression, Verdict verdict) {
        assertThat(planned(expression, Events.push("dev")).verdict()).isEqualTo(verdict);
    }

    @Test
    void aDecisionKeepsItsExpressionWithTheValues() {
        var condition = planned("branch == \"main\" && matrix.java > 17", Events.push("dev"));
        var both = planned("branch == \"dev\" && matrix.java > 17", Events.push("dev"));

        assertThat(condition)
                .isEqualTo(
                        new Condition(
                                "branch == \"main\" && matrix.java > 17",
                                Verdict.SKIPPED,
                                "branch == \"main\" && matrix.java > 17 with branch = \"dev\"",
                                ""));
        assertThat(both.explanation())
                .isEqualTo(
                        "branch == \"dev\" && matrix.java > 17 with branch = \"dev\", matrix.java"
                                + " = \"21\"");
    }

    @Test
    void whatIsLeftOpenIsDecidedFromTheFactsOfTheRun() {
        var open = planned("failure() && branch == 'dev' && env.LATE == 'yes'", Events.push("dev"));

        assertThat(open.open()).isEqualTo("failure() && env.LATE == \"yes\"");
        var decided = Conditions.ofJob(open, facts(true, false));
        assertThat(decided.verdict()).isEqualTo(Verdict.RUNS);
        assertThat(decided.explanation())
                .isEqualTo(
                        "failure() && branch == 'dev' && env.LATE == 'yes' with branch = \"dev\","
                                + " failure() = true, env.LATE = \"yes\"");
        assertThat(Conditions.ofJob(open, facts(false, false)).verdict())
                .isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void withoutAStatusFunctionNothingRunsAfterAFailureOrACancellation() {
        var none = Condition.NONE;
        var holds = planned("branch == 'dev'", Events.push("dev"));
        var late = planned("env.LATE == 'yes'", Events.push("dev"));

        assertThat(Conditions.ofJob(none, facts(false, false))).isEqualTo(none);
        assertThat(Conditions.ofJob(none, facts(true, false)).explanation())
                .isEqualTo("something before it failed");
        assertThat(Conditions.ofJob(holds, facts(true, false)))
                .isEqualTo(
                        new Condition(
                                "branch == 'dev'",
                                Verdict.SKIPPED,
                                "branch == 'dev' with branch = \"dev\"; something before it failed",
                                ""));
        assertThat(Conditions.ofJob(late, facts(false, true)).explanation())
                .isEqualTo("env.LATE == 'yes'; the run was cancelled");
        assertThat(Conditions.ofJob(late, facts(false, false)).verdict()).isEqualTo(Verdict.RUNS);
    }

    @Test
    void alwaysRunsAlsoAfterAFailureAndACancellation() {
        var always = planned("always()", Events.push("dev"));
        var either = planned("branch == 'dev' || failure()", Events.push("dev"));

        assertThat(Conditions.ofJob(always, facts(true, true)).verdict()).isEqualTo(Verdict.RUNS);
        assertThat(Conditions.ofJob(either, facts(true, false)).verdict()).isEqualTo(Verdict.RUNS);
        assertThat(
                        Conditions.ofJob(
                                        planned("success()", Events.push("dev")),
                                        facts(false, true))
                                .verdict())
                .isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void aValueOfTheWrongKindSkipsAndSaysWhy() {
        var planned = planned("env.MODE", Events.push("dev"));
        var decided =
                Conditions.ofJob(planned("env.LATE > 3", Events.push("dev")), facts(false, false));

        assertThat(planned.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(planned.explanation())
                .isEqualTo(
                        "env.MODE with env.MODE = \"full\" can't be decided: 'env.MODE' is"
                                + " \"full\", which is neither true nor false");
        assertThat(decided.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(decided.explanation())
                .isEqualTo(
                        "env.LATE > 3 can't be decided: 'env.LATE' is \"yes\", which is no number");
    }

    @Test
    void aNameFromOutsideIsAValueAndNeverAnExpression() {
        var hostile = "x\" == \"x\" || \"a";

        var condition = planned("branch == 'main'", Events.push(hostile));

        assertThat(condition.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(condition.explanation())
                .isEqualTo("branch == 'main' with branch = \"x\\\" == \\\"x\\\" || \\\"a\"");
    }
}
