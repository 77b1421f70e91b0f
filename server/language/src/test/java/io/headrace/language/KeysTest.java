package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of the top level and of jobs: spellings, defaults and bounds (LANG-014 to LANG-037). */
class KeysTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    private static Plan.Job planned(String job) {
        return Pipelines.plan("name: x\njobs:\n  build: {%s}\n".formatted(job)).jobs().getFirst();
    }

    private static List<String> errors(String job) {
        return Pipelines.errors("name: x\njobs:\n  build: {%s, %s}\n".formatted(job, STEPS));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "name: x            | ci.yml:1:1: 'jobs' is missing; add 'jobs' with at least one job",
                "jobs: {}           | ci.yml:1:1: 'jobs' is empty; add at least one job",
                "jobs:              | ci.yml:1:1: 'jobs' has no value; write a map, or remove the key",
                "jobs: [a]          | ci.yml:1:7: 'jobs' must be a map, but it is a list; write lines like 'key: value' below it, indented",
            })
    void aPipelineHasAtLeastOneJob(String text, String error) {
        assertThat(Pipelines.errors(text)).containsExactly(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"global_env", "environment", "env"})
    void variablesOfThePipelineHaveThreeSpellings(String key) {
        var plan =
                Pipelines.plan(
                        "name: x\n%s: {LEVEL: high}\njobs: {build: {%s}}".formatted(key, STEPS));

        assertThat(plan.jobs().getFirst().environment()).containsEntry("LEVEL", "high");
    }

    @ParameterizedTest
    @CsvSource({
        "timeout,         1, 86400, 'write a number from 1 to 86400', ', or ask the operator to raise pipeline.max-time'",
        "priority,        0,  1000, '', ''",
        "retention,       1, 36500, '', ''",
        "batch_size,      1,  1000, '', ''",
    })
    void numbersOfThePipelineHaveBounds(String key, int min, int max, String fix, String orElse) {
        assertThat(topErrors(key, min)).isEmpty();
        assertThat(topErrors(key, max)).isEmpty();
        assertThat(topErrors(key, min - 1))
                .singleElement()
                .asString()
                .contains("%d to %d".formatted(min, max))
                .contains(fix)
                .doesNotContain("operator");
        assertThat(topErrors(key, max + 1))
                .singleElement()
                .asString()
                .contains("%d to %d".formatted(min, max))
                .contains(fix + orElse);
    }

    private static List<String> topErrors(String key, int value) {
        return Pipelines.errors(
                "name: x\nmode: batch\n%s: %d\njobs: {build: {%s}}".formatted(key, value, STEPS));
    }

    @ParameterizedTest
    @CsvSource({
        "timeout,         1, 3600",
        "timeout_seconds, 1, 3600",
        "TimeoutSeconds,  1, 3600",
        "retry_count,     0,    5",
        "priority,        0, 1000",
    })
    void numbersOfAJobHaveBounds(String key, int min, int max) {
        assertThat(errors("%s: %d".formatted(key, min))).isEmpty();
        assertThat(errors("%s: %d".formatted(key, max))).isEmpty();
        assertThat(errors("%s: %d".formatted(key, min - 1)))
                .singleElement()
                .asString()
                .contains("%d to %d".formatted(min, max));
        assertThat(errors("%s: %d".formatted(key, max + 1)))
                .singleElement()
                .asString()
                .contains("%d to %d".formatted(min, max));
    }

    @ParameterizedTest
    @CsvSource({
        "5m,  300",
        "90s, 90",
        "2 h, 7200",
        "1d, 86400",
        "10min, 600",
        "7 sec, 7",
    })
    void aTimeWithAUnitIsToldInSeconds(String written, int seconds) {
        assertThat(errors("timeout: " + written))
                .singleElement()
                .asString()
                .endsWith(
                        "'timeout' counts seconds, but '%s' has a unit; write %d"
                                .formatted(written, seconds));
    }

    @Test
    void whatAJobDoesNotSayIsAsTheReferenceSays() {
        var job = planned(STEPS);

        assertThat(job.timeLimit()).as("the step's limit and a minute").hasSeconds(1860);
        assertThat(job.retries()).isZero();
        assertThat(job.retryOnTimeout()).isFalse();
        assertThat(job.continueOnFailure()).isFalse();
        assertThat(job.checkout()).isTrue();
        assertThat(job.pool()).isEqualTo("default");
        assertThat(job.labels()).isEmpty();
        assertThat(job.image()).isNull();
        assertThat(job.executorType()).isEqualTo("process");
        assertThat(job.needs()).isEmpty();
        assertThat(job.artifacts()).isEmpty();
        assertThat(job.artifactNeeds()).isEmpty();
        assertThat(job.secrets()).isEmpty();
        assertThat(job.condition()).isEqualTo(Plan.Condition.NONE);
        assertThat(job.resources()).isEqualTo(new Plan.Resources(1.0, 512L << 20, true));
        assertThat(job.terms().type()).isEqualTo(JobTerms.Type.CI);
        assertThat(job.terms().approval()).isNull();
        assertThat(planned("image: maven:3, " + STEPS).executorType()).isEqualTo("docker");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "pool: a       | 'steps' is missing; add 'steps' with at least one '- run: command'",
                "steps: []     | 'steps' is empty; add at least one step, such as '- run: make'",
                "steps:        | 'steps' has no value; write a list of steps, or remove the key",
                "steps: {a: b} | 'steps' must be a list of steps, but it is a map; begin each with a dash, such as '- run: make'",
            })
    void aJobHasAtLeastOneStep(String job, String error) {
        assertThat(Pipelines.errors("name: x\njobs:\n  build: {%s}\n".formatted(job)))
                .singleElement()
                .asString()
                .endsWith(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"if", "when", "conditional"})
    void aConditionHasThreeSpellingsInJobsAndSteps(String key) {
        var job =
                planned(
                        "%1$s: branch == 'dev', steps: [{name: a, run: b, %1$s: branch == 'main'}]"
                                .formatted(key));

        assertThat(job.condition().verdict()).isEqualTo(Plan.Condition.Verdict.SKIPPED);
        assertThat(job.steps().getFirst().condition().verdict())
                .isEqualTo(Plan.Condition.Verdict.RUNS);
        assertThat(errors("if: always(), when: always()"))
                .singleElement()
                .asString()
                .endsWith("'when' means the same as 'if' on line 3; keep one of the two");
    }

    @Test
    void aTimeOutIsRetriedOnlyWhereThatIsAskedFor() {
        var job =
                planned(
                        "retry_on_timeout: true, steps: [{name: a, run: b},"
                                + " {name: c, run: d, retry_on_timeout: true}]");

        assertThat(job.retryOnTimeout()).isTrue();
        assertThat(job.steps()).extracting(Plan.Step::retryOnTimeout).containsExactly(false, true);
    }

    @Test
    void aVariableOfAJobWinsWhicheverSpellingItHas() {
        for (var key : List.of("environment", "env")) {
            assertThat(
                            planned(
                                            "%1$s: {A: job}, steps: [{name: a, run: b, %1$s: {B: step}}]"
                                                    .formatted(key))
                                    .environment())
                    .isEqualTo(Map.of("A", "job"));
        }
    }

    @Test
    void theWholeRunHasTwoHours() {
        assertThat(Pipelines.plan("name: x\njobs: {build: {%s}}".formatted(STEPS)).timeLimit())
                .isEqualTo(Duration.ofHours(2));
        assertThat(
                        Pipelines.plan(
                                        "name: x\ntimeout: 86400\njobs: {build: {%s}}"
                                                .formatted(STEPS))
                                .timeLimit())
                .isEqualTo(Duration.ofDays(1));
    }
}
