package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a file is read, and how what is wrong with it is told (LANG-001 to LANG-012, LANG-085). */
class ReadingTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    @Test
    void aFileBecomesAPipelineOfStagesJobsAndSteps() {
        var pipeline =
                Pipelines.parse(
                        """
                        name: shop
                        stages: [build]
                        timeout: 60
                        jobs:
                          compile:
                            stage: build
                            retry_count: 2
                            steps:
                              - {name: make, run: [./configure, make], timeout: 5}
                              - {name: tell, uses: greet, with: {who: you}}
                        """);

        assertThat(pipeline.name()).isEqualTo("shop");
        assertThat(pipeline.stages()).containsExactly("build");
        assertThat(pipeline.timeLimit()).isEqualTo(Duration.ofMinutes(1));
        var job = pipeline.jobs().getFirst();
        assertThat(job.key()).isEqualTo("compile");
        assertThat(job.retries()).isEqualTo(2);
        assertThat(job.steps())
                .extracting(step -> step.name().value(), StepDefinition::action)
                .containsExactly(tuple("make", null), tuple("tell", "greet"));
        assertThat(job.steps().getFirst().timeLimit()).isEqualTo(Duration.ofSeconds(5));
        assertThat(job.steps().getFirst().commands()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!java.net.URL http://example.org",
                "!!javax.script.ScriptEngineManager x",
                "!!python/object:os.system x",
                "!!binary c2hvcA==",
                "!mine x",
                "!!set {a, b}",
            })
    void aTagThatWouldMakeAnObjectIsRefused(String value) {
        var text = "name: shop\nx-any: %s\njobs: {build: {%s}}\n".formatted(value, STEPS);

        assertThat(Pipelines.errors(text))
                .singleElement()
                .asString()
                .startsWith("ci.yml:2:8: ")
                .containsAnyOf("the tag '", "a tag can't stand here")
                .endsWith("remove it; if the value begins with '!', put the value in quotes");
    }

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
    void keysThatBeginWithAnXAndADashAreIgnoredEverywhere() {
        var text =
                """
                name: x
                x-top: [1]
                jobs:
                  build:
                    x-job: {a: b}
                    steps: [{name: make, run: make, x-step: 1}]
                """;

        assertThat(new PipelineParser().parse("ci.yml", text).problems()).isEmpty();
        assertThat(Pipelines.errors(text.replace("x-job", "xjob"))).hasSize(1);
    }

    @Test
    void anchorsAliasesMergeKeysCommentsAndLongTextsAreUnderstood() {
        var job =
                Pipelines.plan(
                                """
                                name: yaml # a comment
                                x-base: &base {timeout: 7, pool: big}
                                x-more: &more {timeout: 9, retry_count: 1}
                                jobs:
                                  build:
                                    <<: [*base, *more]
                                    retry_count: 2
                                    steps: &steps
                                      - name: lines
                                        run: |
                                          one
                                            two
                                      - name: folded
                                        run: >-
                                          three
                                          four
                                      - name: "quoted \\u0041"
                                        run: 'it''s'
                                  test: {steps: *steps}
                                """)
                        .job("build")
                        .orElseThrow();

        assertThat(job.pool()).isEqualTo("big");
        assertThat(job.timeLimit()).as("the first of the merged maps").hasSeconds(7);
        assertThat(job.retries()).as("the map's own key").isEqualTo(2);
        assertThat(job.steps())
                .extracting(step -> step.commands().getFirst())
                .containsExactly("one\n  two\n", "three four", "it's");
        assertThat(job.steps().getLast().name()).isEqualTo("quoted A");
    }

    @Test
    void anAliasWithoutAnAnchorIsAnError() {
        assertThat(Pipelines.errors("name: x\njobs:\n  build: *bsae\n"))
                .containsExactly(
                        "ci.yml:3:10: no anchor '&bsae' comes before the alias '*bsae'; define the"
                                + " anchor earlier in the file; if '*' is part of a text, put it in"
                                + " quotes");
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

    @Test
    void whatWasParsedAndPlannedNeverChanges() {
        var text =
                """
                name: fixed
                global_env: {A: b}
                jobs: {build: {labels: [x], matrix: {a: [1]}, artifacts: [a], %s}}
                """
                        .formatted(STEPS);
        var pipeline = Pipelines.parse(text);
        var plan = Pipelines.plan(text);
        var job = plan.jobs().getFirst();

        assertFixed(() -> pipeline.jobs().clear());
        assertFixed(() -> pipeline.environment().clear());
        assertFixed(() -> pipeline.jobs().getFirst().steps().clear());
        assertFixed(() -> plan.jobs().clear());
        assertFixed(() -> plan.levels().clear());
        assertFixed(() -> plan.levels().getFirst().clear());
        assertFixed(() -> job.environment().clear());
        assertFixed(() -> job.steps().clear());
        assertFixed(() -> job.labels().clear());
        assertFixed(() -> job.matrix().clear());
        assertFixed(() -> job.artifacts().clear());
        assertFixed(() -> job.steps().getFirst().commands().clear());
        assertFixed(() -> job.steps().getFirst().environment().clear());
    }

    private static void assertFixed(Runnable change) {
        assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void textStaysAsWrittenWhateverOthersWouldMakeOfIt() {
        var plan =
                Pipelines.plan(
                        """
                        name: 1.20
                        global_env: {A: 1.20, B: no, C: 010, D: 12:30:45, E: 1e3, F: 0x1F, G: ~, H: null, I: 2026-01-01}
                        jobs:
                          build:
                            image: maven:3.10
                            steps: [{name: 007, run: "true"}]
                        """);

        assertThat(plan.name()).isEqualTo("1.20");
        assertThat(plan.jobs().getFirst().environment())
                .containsAllEntriesOf(
                        Map.of(
                                "A",
                                "1.20",
                                "B",
                                "no",
                                "C",
                                "010",
                                "D",
                                "12:30:45",
                                "E",
                                "1e3",
                                "F",
                                "0x1F",
                                "I",
                                "2026-01-01"));
        assertThat(plan.jobs().getFirst().steps().getFirst().name()).isEqualTo("007");
        assertThat(plan.jobs().getFirst().steps().getFirst().commands()).containsExactly("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "'on'", "true", "triggers"})
    void onIsAKeyAlsoWhereAnotherParserMadeATruthOfIt(String key) {
        var pipeline =
                Pipelines.parse(
                        "name: x\n%s: {push: {branches: main}}\njobs: {build: {%s}}\n"
                                .formatted(key, STEPS));

        assertThat(Triggers.matches(pipeline, Events.push("main"))).isTrue();
        assertThat(Triggers.matches(pipeline, Events.push("dev"))).isFalse();
    }
}
