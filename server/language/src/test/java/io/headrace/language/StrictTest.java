package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.expression.Undefined;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds what only a strict server refuses, and what becomes of it elsewhere. */
class StrictTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    private static List<String> problems(boolean strict, String text) {
        return new PipelineParser(Limits.DEFAULT.strict(strict))
                .parse("ci.yml", text).problems().stream()
                        .map(problem -> problem.severity() + " " + problem)
                        .toList();
    }

    @Test
    void aStrictServerRefusesAPipelineWithoutAName() {
        var text = "jobs: {build: {%s}}".formatted(STEPS);

        assertThat(problems(true, text))
                .containsExactly(
                        "ERROR ci.yml:1:1: the pipeline has no name, and in strict mode it needs one; add 'name'");
        assertThat(problems(false, text))
                .containsExactly(
                        "WARNING ci.yml:1:1: the pipeline has no name and is called like its project; add 'name'");
    }

    @Test
    void aStrictServerRefusesAStepWithoutAName() {
        var text = "{name: shop, jobs: {build: {steps: [{name: a, run: a}, {run: b}]}}}";

        assertThat(problems(true, text))
                .containsExactly(
                        "ERROR ci.yml:1:56: step 2 has no name, and in strict mode it needs one; add 'name'");
        assertThat(problems(false, text))
                .containsExactly(
                        "WARNING ci.yml:1:56: the step has no name and is called 'step-2'; add 'name'");
    }

    @Test
    void whatHasItsNamesIsFineForAStrictServer() {
        assertThat(problems(true, "{name: shop, jobs: {build: {%s}}}".formatted(STEPS))).isEmpty();
    }

    @Test
    void aJobThatWaitsForItselfRunsAsIfItDidNot() {
        var text =
                """
                name: shop
                jobs:
                  build: {%1$s}
                  test: {needs: [build, test], %1$s}
                  last: {needs: [test], %1$s}
                """
                        .formatted(STEPS);

        var plan = Pipelines.plan(text);

        assertThat(plan.job("test").orElseThrow().needs()).containsExactly("build");
        assertThat(plan.levels())
                .containsExactly(List.of("build"), List.of("test"), List.of("last"));
        assertThat(problems(true, text))
                .containsExactly(
                        "ERROR ci.yml:4:25: job 'test' can't wait for itself; remove 'test' from its depends_on");
    }

    @Test
    void aVariantOfAMatrixDoesNotWaitForItsSiblings() {
        var text =
                """
                name: shop
                jobs:
                  test:
                    matrix: {java: [21, 25]}
                    needs: test-21
                    %s
                """
                        .formatted(STEPS);

        var plan = Pipelines.plan(text);

        assertThat(plan.jobs()).allSatisfy(job -> assertThat(job.needs()).isEmpty());
        assertThat(problems(false, text))
                .containsExactly(
                        "WARNING ci.yml:5:12: job 'test' can't wait for itself, so this is ignored; remove 'test-21' from its depends_on");
    }

    @Test
    void aNeedIsNotRedundantBecauseAJobNamesItself() {
        var text =
                """
                name: shop
                jobs:
                  lint: {%1$s}
                  build: {needs: build, %1$s}
                  test: {needs: [lint, build], %1$s}
                """
                        .formatted(STEPS);

        assertThat(problems(false, text))
                .containsExactly(
                        "WARNING ci.yml:4:18: job 'build' can't wait for itself, so this is ignored; remove 'build' from its depends_on");
    }

    @Test
    void whatAJobAsksForIsComparedWithWhatItMay() {
        var limits =
                new PipelineParser(
                        new Limits(
                                Limits.DEFAULT.pipelineTime(),
                                Limits.DEFAULT.jobTime(),
                                Limits.DEFAULT.stepTime(),
                                50,
                                256,
                                4,
                                3L << 29,
                                false,
                                Undefined.ERROR));
        var text = "{name: shop, jobs: {build: {resources: {cpu: %s, memory: %s}, %s}}}";

        assertThat(limits.parse("ci.yml", text.formatted("4", "1536m", STEPS)).problems())
                .isEmpty();
        assertThat(limits.parse("ci.yml", text.formatted("4000m", "1g", STEPS)).problems())
                .isEmpty();
        assertThat(limits.parse("ci.yml", text.formatted("4001m", "1537m", STEPS)).problems())
                .extracting(PipelineProblem::toString)
                .containsExactly(
                        "ci.yml:1:46: the job asks for 4.001 cores, and a job may ask for up to 4; write a number up to 4, or ask the operator to raise pipeline.max-cpu",
                        "ci.yml:1:61: the job asks for 1537m of memory, and a job may ask for up to 1536m; write 1536m or less, or ask the operator to raise pipeline.max-memory");
        assertThat(limits.parse("ci.yml", text.formatted("1000", "2g", STEPS)).problems())
                .extracting(PipelineProblem::toString)
                .containsExactly(
                        "ci.yml:1:46: the job asks for 1000 cores, and a job may ask for up to 4; write 1000m if you mean thousandths of a core, else a number up to 4, or ask the operator to raise pipeline.max-cpu",
                        "ci.yml:1:60: the job asks for 2g of memory, and a job may ask for up to 1536m; write 1536m or less, or ask the operator to raise pipeline.max-memory");
    }
}
