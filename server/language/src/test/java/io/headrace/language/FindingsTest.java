package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How what is wrong with a file is told (LANG-004 to LANG-011). */
class FindingsTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tiemout: 5                     | 2:1: unknown key 'tiemout'; did you mean 'timeout'?",
                "jobs: {b: {need: c}}           | unknown key 'need'; did you mean 'needs'?",
                "jobs: {b: {steps: [{rum: c}]}} | unknown key 'rum'; did you mean 'run'?",
                "on: {push: {branch: c}}        | unknown key 'branch'; did you mean 'branches'?",
                "retention: {dys: 1}            | unknown key 'dys'; did you mean 'days'?",
            })
    void anUnknownKeyIsAnErrorWithTheNearestKey(String line, String error) {
        assertThat(Pipelines.errors("name: x\n%s\n".formatted(line)))
                .anySatisfy(each -> assertThat(each).contains(error));
    }

    @Test
    void everyProblemSaysItsLineItsColumnAndItsLength() {
        var text =
                """
                name: x
                jobs:
                  build:
                    needs: [nobody]
                    steps:
                      - {name: make, run: make, retry_count: 17}
                """;

        assertThat(new PipelineParser().parse("ci.yml", text).problems())
                .extracting(
                        PipelineProblem::file,
                        PipelineProblem::line,
                        PipelineProblem::column,
                        PipelineProblem::length)
                .containsExactly(tuple("ci.yml", 4, 13, 6), tuple("ci.yml", 6, 46, 2));
    }

    @Test
    void whatIsNoYamlIsToldAloneAndKeysAndMeaningTogether() {
        var wrong =
                """
                name: x
                tiemout: 5
                jobs: {build: {needs: nobody, %s}}
                """
                        .formatted(STEPS);

        assertThat(Pipelines.errors(wrong + "x: [a\n"))
                .as("nothing can be said of a text that can't be read")
                .singleElement()
                .asString()
                .startsWith("ci.yml:4:4:");
        assertThat(Pipelines.errors(wrong))
                .containsExactly(
                        "ci.yml:2:1: unknown key 'tiemout'; did you mean 'timeout'?",
                        "ci.yml:3:23: there is no job 'nobody'; remove it: there are none");
    }

    @Test
    void aFileWithAnErrorIsNoPipelineAndOneWithAWarningIs() {
        var parser = new PipelineParser();

        assertThat(parser.parse("ci.yml", "name: x\njobs: {build: {step: []}}").pipeline())
                .isNull();
        var warned = parser.parse("ci.yml", "jobs: {build: {%s}}".formatted(STEPS));
        assertThat(warned.pipeline()).isNotNull();
        assertThat(warned.problems())
                .extracting(PipelineProblem::severity)
                .containsExactly(PipelineProblem.Severity.WARNING);
    }

    @Test
    void noFaultHidesAnotherAndAllAreSortedByTheirPlace() {
        var text =
                """
                name: x
                jobs:
                  build:
                    timeout: 0
                    needs: [tset]
                    if: brnach == "main"
                    image: Bad Image
                    steps:
                      - {name: make, run: ""}
                      - {name: make, uses: "a b"}
                      - {name: tell}
                  test:
                    retry_count: many
                    steps: []
                fail_fast: maybe
                """;

        var errors = Pipelines.errors(text);

        assertThat(errors)
                .extracting(error -> error.substring(0, error.indexOf(' ')))
                .containsExactly(
                        "ci.yml:4:14:",
                        "ci.yml:5:13:",
                        "ci.yml:6:9:",
                        "ci.yml:7:12:",
                        "ci.yml:9:27:",
                        "ci.yml:10:16:",
                        "ci.yml:10:28:",
                        "ci.yml:11:9:",
                        "ci.yml:13:18:",
                        "ci.yml:14:5:",
                        "ci.yml:15:12:");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "steps: [{name: make}]                        | the step does nothing; add 'run: command' or 'uses: action'",
                "needs: tset, steps: [{name: a, run: b}]      | there is no job 'tset'; did you mean 'test'?",
                "needs: other, steps: [{name: a, run: b}]     | there is no job 'other'; jobs are 'last', 'test'",
                "needs: test, steps: [{name: a, run: b}]      | remove 'test' from depends_on of 'build'",
                "image: 'a b', steps: [{name: a, run: b}]     | write it like registry/name:tag, in lower case, for instance maven:3-eclipse-temurin-25",
                "if: env.A == brnch, steps: [{name: a, run: b}] | 'brnch' is not known here; did you mean 'branch'?",
            })
    void theUsualMistakesHaveHintsOfTheirOwn(String job, String hint) {
        var text =
                """
                name: hints
                jobs:
                  build: {%s}
                  test: {needs: build, %s}
                  last: {%s}
                """
                        .formatted(job, STEPS, STEPS);

        assertThat(Pipelines.errors(text)).anySatisfy(each -> assertThat(each).endsWith(hint));
    }
}
