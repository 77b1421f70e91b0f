package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.explain.PlanOutline;
import io.headrace.language.explain.TimeCheck;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds what a plan says of failures, and of times that it took before. */
class ImpactTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    private static final String CHAIN =
            """
            name: shop
            timeout: 100
            jobs:
              first: {%1$s}
              left: {needs: first, %1$s}
              right: {needs: first, %1$s}
              last: {needs: [left, right], %1$s}
              alone: {%1$s}
            """
                    .formatted(STEPS);

    private static Map<String, Duration> past(int first, int left, int right, int last) {
        return Map.of(
                "first", Duration.ofSeconds(first),
                "left", Duration.ofSeconds(left),
                "right", Duration.ofSeconds(right),
                "last", Duration.ofSeconds(last),
                "alone", Duration.ofSeconds(1));
    }

    @Test
    void eachJobSaysHowManyWaitForIt() {
        var counts = new HashMap<String, Integer>();
        for (var node : PlanOutline.of(Pipelines.plan(CHAIN), true).nodes()) {
            var impact = node.impact();
            assertThat(impact).isNotNull();
            counts.put(node.id(), impact);
        }

        assertThat(counts)
                .containsOnly(
                        Map.entry("first", 3),
                        Map.entry("left", 1),
                        Map.entry("right", 1),
                        Map.entry("last", 0),
                        Map.entry("alone", 0));
    }

    @Test
    void aPlanSaysHowLongItsLongestChainTook() {
        var measured = PlanOutline.of(Pipelines.plan(CHAIN), true, past(10, 30, 20, 5));
        var unknown = PlanOutline.of(Pipelines.plan(CHAIN), true);

        assertThat(measured.chainSeconds()).isEqualTo(45.0);
        assertThat(measured.limitSeconds()).isEqualTo(100);
        assertThat(measured.criticalPath()).containsExactly("first", "left", "last");
        assertThat(unknown.chainSeconds()).isNull();
    }

    @Test
    void aChainThatTookLongerThanTheLimitIsTold() {
        var pipeline = Pipelines.parse(CHAIN);
        var plan = Pipelines.plan(CHAIN);

        assertThat(TimeCheck.check(pipeline, plan, past(10, 30, 70, 20))).isEmpty();
        assertThat(TimeCheck.check(pipeline, plan, Map.of())).isEmpty();
        assertThat(TimeCheck.check(pipeline, plan, past(10, 30, 71, 20)))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.severity()).isEqualTo(PipelineProblem.Severity.WARNING);
                    assertThat(problem.code()).isEqualTo("HR1313");
                    assertThat(problem)
                            .hasToString(
                                    "ci.yml:1:1: the longest chain of jobs (first → right → last) took 101 s in the past, and the limit is 100 s; raise 'timeout' of the pipeline, or divide the chain");
                });
    }
}
