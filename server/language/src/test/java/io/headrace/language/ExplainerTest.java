package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.explain.Explainer;
import io.headrace.language.explain.Explanation;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplainerTest {

    private static final String SHOP =
            """
            name: shop
            on: {push: {branches: [main]}}
            parameters: {target: {default: staging}}
            global_env: {LEVEL: low, REGION: eu, OS: any}
            stages: [build, test]
            jobs:
              compile:
                stage: build
                retry_count: 2
                env:
                  LEVEL: high
                steps:
                  - name: make
                    run: make
                    env: {LEVEL: highest}
                  - name: tell
                    if: failure()
                    run: ./tell
              test:
                stage: test
                matrix: {os: [linux, mac]}
                if: branch == "main"
                steps: [{name: test, run: make test}]
              alarm:
                needs: test
                if: failure()
                steps: [{name: alarm, run: ./alarm}]
            """;

    @Test
    void aDecisionKeepsItsExpressionWithTheValues() {
        assertThat(explain("test-mac", Events.push("dev")).decision().sentence())
                .isEqualTo("is skipped: branch == \"main\" with branch = \"dev\" is not true");
        assertThat(explain("test-mac", Events.push("main")).decision().sentence())
                .isEqualTo(
                        "runs unless something before it fails: branch == \"main\" with branch ="
                                + " \"main\" is true");
        assertThat(explain("alarm", Events.push("main")).decision().sentence())
                .isEqualTo(
                        "is decided when its needs are over: failure(), of which failure() is still"
                                + " open");
        assertThat(explain("compile", Events.push("main")).decision().sentence())
                .isEqualTo("runs unless something before it fails: it has no condition");
    }

    @Test
    void anEventThatStartsNothingIsNamed() {
        assertThat(explain("compile", Events.push("main")).starts()).isTrue();
        assertThat(explain("compile", Events.push("dev")).starts()).isFalse();
        assertThat(explain("compile", Events.manual("dev")).starts()).isTrue();
    }

    @Test
    void aVariableSaysWhichLevelSetItAndWhatItOverrides() {
        var compile = explain("compile", Events.push("main"));

        assertThat(variable(compile, "LEVEL", null))
                .isEqualTo("high from job, ci.yml:11 over low from pipeline, ci.yml:4");
        assertThat(variable(compile, "LEVEL", "make"))
                .isEqualTo(
                        "highest from step, ci.yml:15 over high from job, ci.yml:11 over low from"
                                + " pipeline, ci.yml:4");
        assertThat(variable(compile, "REGION", null)).isEqualTo("eu from pipeline, ci.yml:4");
        assertThat(variable(compile, "HEADRACE_PARAM_TARGET", null))
                .isEqualTo("staging from default of parameter 'target', ci.yml:3");
    }

    @Test
    void whatTheRunIsGivenWinsOverTheStep() {
        var event = Events.manual("main", Map.of("LEVEL", "top", "target", "live"));
        var compile = explain("compile", event);

        assertThat(variable(compile, "LEVEL", "make"))
                .startsWith(
                        "top from given to the run over highest from step, ci.yml:15 over high");
        assertThat(variable(compile, "HEADRACE_PARAM_TARGET", null))
                .isEqualTo(
                        "live from parameter 'target', given to the run over staging from default of"
                                + " parameter 'target', ci.yml:3");
    }

    @Test
    void thePipelineWinsOverThePlainNameOfAnAxis() {
        var test = explain("test-linux", Events.push("main"));

        assertThat(variable(test, "OS", null))
                .isEqualTo("any from pipeline, ci.yml:4 over linux from matrix.os");
        assertThat(variable(test, "MATRIX_OS", null)).isEqualTo("linux from matrix.os");
    }

    @Test
    void needsSayWhoAsksForThem() {
        var test = explain("test", Events.push("main"));

        assertThat(test.variants()).containsExactly("test-linux", "test-mac");
        assertThat(test.needs())
                .containsExactly(
                        new Explanation.Need(
                                "compile", "compile", "stage 'build' comes before 'test'"));
        assertThat(test.dependants()).containsExactly("alarm");
        assertThat(explain("alarm", Events.push("main")).needs())
                .extracting(Explanation.Need::because)
                .containsOnly("depends_on");
    }

    @Test
    void aFailureSaysWhatStillRuns() {
        var failure = explain("compile", Events.push("main")).failure();

        assertThat(failure.attempts()).isEqualTo(3);
        assertThat(failure.cancelled()).containsExactly("test-linux", "test-mac");
        assertThat(failure.runs()).containsExactly("alarm");
        assertThat(failure.sentence())
                .isEqualTo(
                        "It is tried 3 times before a failure counts; then the run fails; 2 jobs do"
                                + " not run; 1 that waits for it runs all the same.");
    }

    @Test
    void aSettingSaysWhoSetIt() {
        var settings = explain("compile", Events.push("main")).settings();

        assertThat(settings)
                .extracting(each -> "%s=%s: %s".formatted(each.key(), each.value(), each.origin()))
                .contains(
                        "retry_count=2: job, ci.yml:9",
                        "executor=process: default: docker with an image, else process",
                        "priority=10: default: by event",
                        "pipeline's timeout=7200 s (2 h): default");
    }

    @Test
    void aJobThatIsNotThereIsNotExplained() {
        var pipeline = Pipelines.parse(SHOP);
        var event = Events.push("main");
        var explainer = new Explainer(pipeline, event, Pipelines.plan(SHOP, event));

        assertThat(explainer.explain("deploy")).isEmpty();
        assertThat(explainer.jobs()).containsExactly("compile", "test-linux", "test-mac", "alarm");
    }

    private static Explanation explain(String job, PlanEvent event) {
        return new Explainer(Pipelines.parse(SHOP), event, Pipelines.plan(SHOP, event))
                .explain(job)
                .orElseThrow();
    }

    private static String variable(Explanation job, String name, @Nullable String step) {
        var variable =
                job.variables().stream()
                        .filter(each ->
                                each.name().equals(name) && Objects.equals(each.step(), step))
                        .findFirst()
                        .orElseThrow();
        var text = new StringBuilder("%s from %s".formatted(variable.value(), variable.origin()));
        variable.overrides()
                .forEach(each ->
                        text.append(" over %s from %s".formatted(each.value(), each.origin())));
        return text.toString();
    }
}
