package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is checked of deployments, releases, manifests and approvals (LANG-033, 038, 074, 075, 082).
 */
class LaterRulesTest {

    private static final String BUILD =
            "name: x\njobs: {build: {steps: [{name: make, run: make}]}}\n";

    private static List<String> errors(String top) {
        return Pipelines.errors(BUILD + top);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "version: 1, targets: [{name: a}, {name: b}] | -",
                "artifact: jar, targets: [{name: a}]         | -",
                "targets: [{name: a}]                        | neither 'version' nor 'artifact' is given; add 'version', such as 'version: ${{ tag }}'",
                "version: 1, artifact: jar, targets: [{name: a}] | 'version' and 'artifact' both say what is deployed; keep one of the two",
                "version: 1, targets: [{name: a}, {name: a}] | two targets are called 'a'; rename one of them",
                "version: 1, targets: [{name: a, weight: 0}] | -",
                "version: 1, targets: [{name: a, weight: 100}] | -",
                "version: 1, targets: [{name: a, weight: -1}] | 'weight' is -1, which is outside 0 to 100; write a number from 0 to 100",
                "version: 1, targets: []                     | 'targets' is empty; write at least one",
                "version: 1, targets: [{name: a}], health: {interval: 10, timeout: 10} | -",
                "version: 1, targets: [{name: a}], health: {interval: 11, timeout: 10} | the interval of 'health' is longer than its timeout; raise 'timeout', or lower 'interval'",
                "version: 1, targets: [{name: a}], strategy: canary, canary: {stages: [50, 100], durations_minutes: [5]} | -",
                "version: 1, targets: [{name: a}], strategy: canary, canary: {stages: [50, 50, 100], durations_minutes: [5, 5]} | the stages of 'canary' must rise, but 50 follows 50; write them from the smallest to 100",
                "version: 1, targets: [{name: a}], strategy: canary, canary: {stages: [50, 99], durations_minutes: [5]} | the last stage of 'canary' is 99 percent, so the old version would stay; add 100 as the last stage",
                "version: 1, targets: [{name: a}], strategy: canary, canary: {stages: [50, 100], durations_minutes: [5], gates: [50]} | -",
                "version: 1, targets: [{name: a}], strategy: canary, canary: {stages: [50, 100], durations_minutes: [5], gates: [51]} | the gate at 51 percent is at none of the stages; write one of 50, 100",
                "version: 1, targets: [{name: a}], strategy: sideways | 'strategy' can't be 'sideways'; the values allowed are 'blue_green', 'canary', 'rolling'",
            })
    void whatADeploymentSaysFitsTogether(String keys, String error) {
        var found = errors("deployment: {environment: e, %s}".formatted(keys));

        if (error.equals("-")) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).singleElement().asString().endsWith(error);
        }
    }

    @Test
    void settingsOfAnotherStrategyAreAWarning() {
        var text =
                BUILD
                        + "deployment: {environment: e, version: 1, targets: [{name: a}], canary: {}}";

        assertThat(new PipelineParser().parse("ci.yml", text).problems())
                .extracting(PipelineProblem::message)
                .contains("'canary' has no effect, because the strategy is 'rolling'");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "version: 1, if: event == 'tag'             | -",
                "version: 1, if: true                       | -",
                "version: 1, if: event = 'tag'              | a single '=' compares nothing; write '=='",
                "version: 1, when: brnach == 'main'         | 'brnach' is not known here; did you mean 'branch'?",
                "version: 1, if: branch                     | a condition must be true or false, but 'branch' is text; compare it, for instance with '=='",
                "version: 1, artifacts: {app: {job: build}} | -",
                "version: 1, artifacts: {app: {job: biuld}} | there is no job 'biuld'; did you mean 'build'?",
                "version: 1, artifacts: {app: {producer: other}} | there is no job 'other'; jobs are 'build'",
                "sign: true                                 | 'version' is missing; add 'version: ${{ tag }}'",
            })
    void whatAReleaseConsistsOfIsMadeByJobsOfThePipeline(String keys, String error) {
        var found = errors("release: {%s}".formatted(keys));

        if (error.equals("-")) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).singleElement().asString().endsWith(error);
        }
    }

    @Test
    void aManifestMayMake256Combinations() {
        assertThat(errors(manifest(16, 16))).isEmpty();
        assertThat(errors(manifest(16, 17)))
                .singleElement()
                .asString()
                .endsWith(
                        "the manifest makes 272 combinations, and the limit is 256; leave out versions"
                                + " or platforms");
        assertThat(Pipelines.plan(BUILD + manifest(2, 3)).terms().work())
                .hasSize(6)
                .allMatch(item -> item.manifest().equals("web"))
                .allMatch(item -> !item.urgent());
        assertThat(
                        Pipelines.plan(
                                        BUILD
                                                + manifest(1, 1)
                                                        .replace(
                                                                "id: web",
                                                                "id: web, priority: urgent"))
                                .terms()
                                .work())
                .allMatch(PlanTerms.WorkItem::urgent);
    }

    private static String manifest(int one, int two) {
        return "manifest: {id: web, fragments: {one: [%s], two: [%s]}}"
                .formatted(versions(one), versions(two));
    }

    private static String versions(int count) {
        var versions = new StringBuilder();
        for (int i = 0; i < count; i++) {
            versions.append(i == 0 ? "" : ", ").append("1.").append(i);
        }
        return versions.toString();
    }

    @Test
    void equalWorkOfAManifestHasEqualKeysWhateverStandsAround() {
        var key = key("id: web, fragments: {a: 1, b: 2}");

        assertThat(key("id: web, fragments: {b: 2, a: 1}")).isEqualTo(key);
        assertThat(key("id: web, fragments: {b: 2, a: 1}, priority: urgent")).isEqualTo(key);
        assertThat(key("id: wib, fragments: {a: 1, b: 2}")).isNotEqualTo(key);
        assertThat(key("id: web, fragments: {a: 2, b: 2}")).isNotEqualTo(key);
        assertThat(key("id: web, fragments: {a: 1, c: 2}")).isNotEqualTo(key);
        assertThat(key("id: web, template: 2, fragments: {a: 1, b: 2}")).isNotEqualTo(key);
        assertThat(key("id: web, platform: linux/arm64, fragments: {a: 1, b: 2}"))
                .isNotEqualTo(key);
    }

    private static String key(String manifest) {
        return Pipelines.plan(BUILD + "manifest: {%s}".formatted(manifest))
                .terms()
                .work()
                .getFirst()
                .idempotencyKey();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "max_attempts: 1                  | -",
                "max_attempts: 0                  | 'max_attempts' is 0, which is outside",
                "base_delay: 120                  | -",
                "base_delay: 121                  | 'base_delay' is longer than 'max_delay'",
                "multiplier: 1.5                  | -",
                "multiplier: much                 | 'multiplier' must be a number, but 'much' is not",
                "jitter: maybe                    | 'jitter' must be true or false, but it is 'maybe'",
                "retry_on: [everything]           | 'retry_on' can't be 'everything'",
            })
    void aRetryPolicyHasBounds(String keys, String error) {
        var found = errors("retry_policy: {%s}".formatted(keys));

        if (error.equals("-")) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).singleElement().asString().contains(error);
        }
    }

    @Test
    void artifactsOfProjectsAreKeptAsLongAsThePipelineSays() {
        var plan =
                Pipelines.plan(
                        """
                        name: x
                        retention: 9
                        phases: [test]
                        projects:
                          - name: api
                            path: api
                            artifacts: {jar: a, log: {paths: b, retention: 2}}
                            phases: {test: [{name: a, run: b}]}
                        """);

        assertThat(plan.jobs().getFirst().artifacts())
                .extracting(Plan.Artifact::retentionDays)
                .containsExactly(9, 2);
    }
}
