package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds what problems say of their place beside line and column. */
class ProblemPathTest {

    private static List<PipelineProblem> problems(String text) {
        return new PipelineParser().parse("ci.yml", text).problems();
    }

    private static PipelineProblem only(String text) {
        var problems = problems(text);
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    @Test
    void aProblemNamesItsJobItsStepAndTheKeysThatLeadThere() {
        var problem =
                only(
                        """
                        name: shop
                        jobs:
                          build:
                            steps:
                              - {name: one, run: make}
                              - name: two
                                run: make
                                timeout: 0
                        """);

        assertThat(problem.path()).isEqualTo("jobs.build.steps[1].timeout");
        assertThat(problem.job()).isEqualTo("build");
        assertThat(problem.step()).isEqualTo("two");
        assertThat(problem.help()).isEqualTo("docs/problems.md#hr1201");
    }

    @Test
    void aMissingKeyIsNamedByWhatLacksIt() {
        var problems =
                problems(
                        """
                        name: shop
                        jobs:
                          build: {timeout: 60}
                          test:
                            steps:
                              - name: nothing
                              - run: make
                        """);

        assertThat(problems)
                .extracting(PipelineProblem::path)
                .containsExactly("jobs.build", "jobs.test.steps[0]", "jobs.test.steps[1]");
        assertThat(problems)
                .extracting(PipelineProblem::step)
                .containsExactly(null, "nothing", "step-2");
    }

    @Test
    void aProblemInsideATextIsNamedByItsKey() {
        var problem =
                only(
                        """
                        name: shop
                        jobs:
                          build:
                            steps:
                              - name: make
                                run: |
                                  make
                                  echo ${{ branch }}
                        """);

        assertThat(problem.line()).isEqualTo(8);
        assertThat(problem.path()).isEqualTo("jobs.build.steps[0].run");
    }

    @Test
    void theFileAsAWholeHasNoKeys() {
        var missing = only("name: shop\n");
        var nameless = only("jobs: {build: {steps: [{name: make, run: make}]}}\n");

        assertThat(missing.path()).isEmpty();
        assertThat(missing.job()).isNull();
        assertThat(missing.step()).isNull();
        assertThat(nameless.code()).isEqualTo("HR1205");
        assertThat(nameless.path()).isEmpty();
    }

    @Test
    void aKeyThatIsNoPlainWordIsQuoted() {
        var problem =
                only(
                        """
                        name: shop
                        jobs:
                          "build \\"it\\"":
                            steps: [{name: make, run: make}]
                        """);

        assertThat(problem.path()).isEqualTo("jobs[\"build \\\"it\\\"\"]");
    }

    @Test
    void whatAnAliasRepeatsIsNamedByWhereItIsWritten() {
        var problem =
                only(
                        """
                        name: shop
                        x-limit: &limit 0
                        jobs:
                          build:
                            timeout: *limit
                            steps: [{name: make, run: make}]
                        """);

        assertThat(problem.job()).isEqualTo("build");
        assertThat(problem.path()).isEqualTo("x-limit");
    }

    @Test
    void aProblemOfAnIncludedFileIsNamedInThatFile() {
        var result =
                new PipelineParser()
                        .parse(
                                "ci.yml",
                                "name: shop\ninclude: more.yml\n",
                                (_, _) ->
                                        Includes.Included.of(
                                                """
                                                jobs:
                                                  test:
                                                    steps: [{name: make, run: make}]
                                                    timeout: -1
                                                """));

        assertThat(result.problems())
                .extracting(PipelineProblem::file, PipelineProblem::path)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("more.yml", "jobs.test.timeout"));
    }

    @Test
    void whatIsFoundOnlyWhilePlanningHasItsPlaceToo() {
        var pipeline =
                new PipelineParser()
                        .parse(
                                "ci.yml",
                                """
                                name: shop
                                jobs:
                                  test:
                                    matrix: {java: [21, 25]}
                                    labels: [gpu]
                                    steps: [{name: make, run: make}]
                                """)
                        .pipeline();
        assertThat(pipeline).isNotNull();

        var problems =
                new Planner().plan(pipeline, Events.push("main"), (_, _) -> false).problems();

        assertThat(problems)
                .hasSize(1)
                .allSatisfy(problem -> {
                    assertThat(problem.path()).isEqualTo("jobs.test");
                    assertThat(problem.job()).isEqualTo("test");
                    assertThat(problem.context()).startsWith("job 'test (java=2");
                });
    }

    @Test
    void aFileThatIsNotYamlHasNoKeys() {
        var problem = only("name: [shop\n");

        assertThat(problem.path()).isEmpty();
    }
}
