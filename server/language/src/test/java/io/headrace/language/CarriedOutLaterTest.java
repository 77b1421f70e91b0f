package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that a file may have although this server does nothing with them yet (HR1199). */
class CarriedOutLaterTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    private static String text(String top, String job) {
        return "name: x\n%s\njobs: {build: {%s, %s}}\n".formatted(top, job, STEPS);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "caches: [{key: k, paths: [.m2]}]            | pool: a",
                "notifications: [{url: 'https://x'}]         | pool: a",
                "affinity: prefer                            | pool: a",
                "on: {schedule: '0 3 * * *'}                 | pool: a",
                "on: {upstream: [lib]}                       | pool: a",
                "retention: {days: 3, permanent: true}       | pool: a",
                "retention: {days: 3, grace: 4}              | pool: a",
                "x-a: b                                      | caches: [{key: k, paths: [.m2]}]",
                "x-a: b                                      | matrix: {n: [1]}, fail_fast: true",
                "x-a: b                                      | type: RELEASE",
                "x-a: b                                      | resources: {disk: 10g}",
                "x-a: b                                      | resources: {gpu: 1}",
            })
    void whatOnlyAddsSomethingIsAWarningAndTheRunStarts(String top, String job) {
        var text = text(top, job);

        assertThat(codes(text)).containsExactly("HR1199");
        assertThat(Pipelines.plan(text).terms().blockers()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "image_build: {requirements: requirements.txt}             | pool: a | 'image_build'",
                "manifest: {manifest_id: web, fragments: {core: 0.1.0}}    | pool: a | 'manifest'",
                "release: {version: '1'}                                   | pool: a | 'release'",
                "deployment: {environment: e, version: '1', targets: [{name: one}]} | pool: a | 'deployment'",
                "affinity: require                                         | pool: a | 'affinity: require'",
                "x-a: b | approval: true                                   | 'approval' of job 'build'",
                "x-a: b | network: restricted                              | 'network: restricted' of job 'build'",
                "x-a: b | executor: {type: docker, user: x}                | 'executor: user' of job 'build'",
            })
    void whatWouldMeanSomethingElseWithoutStartsNoRun(String top, String job, String blocker) {
        var text = text(top, job);

        assertThat(codes(text)).containsExactly("HR1199");
        assertThat(Pipelines.plan(text).terms().blockers()).containsExactly(blocker);
    }

    private static List<String> codes(String text) {
        var parsed = new PipelineParser().parse("ci.yml", text);
        assertThat(Pipelines.errors(parsed.problems())).isEmpty();
        assertThat(parsed.problems())
                .allMatch(problem -> problem.severity() == PipelineProblem.Severity.WARNING);
        return parsed.problems().stream().map(PipelineProblem::code).toList();
    }

    @Test
    void anImageToBuildIsKeptInThePlan() {
        var plan =
                Pipelines.plan(
                        text(
                                "image_build: {requirements: requirements.txt, environment: {A: b}}",
                                "pool: a"));

        var build = plan.terms().setting("image_build").orElseThrow();
        assertThat(build.texts("requirements")).containsExactly("requirements.txt");
        assertThat(build.at("environment").text("A")).isEqualTo("b");
    }

    @Test
    void whatIsToBeReleasedIsKeptInThePlanWithItsValues() {
        var plan =
                Pipelines.plan(
                        text("release: {version: '${{ tag }}'}", "pool: a"), Events.tag("v2"));

        assertThat(plan.terms().setting("release").orElseThrow().text("version")).isEqualTo("v2");
    }

    @Test
    void mistakesInWhatComesLaterAreMistakesAllTheSame() {
        assertThat(Pipelines.errors(text("retry_policy: {max_attempts: 0}", "pool: a"))).hasSize(1);
        assertThat(Pipelines.errors(text("caches: [{kye: k, paths: [a]}]", "pool: a")))
                .anySatisfy(each ->
                        assertThat(each).contains("unknown key 'kye'; did you mean 'key'?"));
        assertThat(Pipelines.errors(text("x-a: b", "approval: {timeout: 0}"))).hasSize(1);
        assertThat(Pipelines.errors(text("x-a: b", "resources: {disk: lots}"))).hasSize(1);
        assertThat(Pipelines.errors(text("affinity: maybe", "pool: a"))).hasSize(1);
    }
}
