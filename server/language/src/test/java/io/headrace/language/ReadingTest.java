package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How a file is read, and that what was read stays so (LANG-001 to LANG-005, LANG-012, LANG-085).
 */
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
