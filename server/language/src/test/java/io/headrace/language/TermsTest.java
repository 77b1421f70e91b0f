package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TermsTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";
    private static final String BUILD = "name: x\njobs: {build: {%s}}\n".formatted(STEPS);
    private static final String FOUR =
            """
            name: four
            jobs:
              a1: {%1$s}
              a2: {%1$s}
              b1: {needs: a1, %1$s}
              a3: {%1$s}
            """
                    .formatted(STEPS);

    @Test
    void aSerialRunHasOneJobAtATime() {
        assertThat(Pipelines.plan("mode: serial\n" + FOUR).levels())
                .containsExactly(List.of("a1"), List.of("a2"), List.of("a3"), List.of("b1"));
    }

    @Test
    void aBatchRunHasABatchOfJobsAtATime() {
        assertThat(Pipelines.plan("mode: batch\nbatch_size: 2\n" + FOUR).levels())
                .containsExactly(List.of("a1", "a2"), List.of("a3"), List.of("b1"));
        assertThat(Pipelines.plan("mode: parallel\n" + FOUR).levels())
                .containsExactly(List.of("a1", "a2", "a3"), List.of("b1"));
    }

    @Test
    void aRetryPolicyHasDefaults() {
        var some = Pipelines.plan("retry_policy: {max_attempts: 3, multiplier: 1.5}\n" + BUILD);

        assertThat(some.terms().retryPolicy())
                .isEqualTo(
                        new PlanTerms.RetryPolicy(
                                3,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(120),
                                new BigDecimal("1.5"),
                                true,
                                Duration.ofSeconds(1800),
                                List.of(
                                        "transient_infrastructure",
                                        "transient_dependencies",
                                        "resource_exhaustion")));
        assertThat(Pipelines.plan(BUILD).terms().retryPolicy()).isNull();
        assertThat(Pipelines.errors("retry_policy: {base_delay: 200}\n" + BUILD))
                .containsExactly(
                        "ci.yml:1:1: 'base_delay' is longer than 'max_delay'; raise 'max_delay', or"
                                + " lower 'base_delay'");
    }

    @Test
    void eachCombinationOfAManifestHasAKeyOfItsOwnThatNeverChanges() {
        var text =
                """
                manifest:
                  id: web
                  fragments: {core: [0.1.0, 0.2.0], light: 1}
                  platform: [linux/amd64, linux/arm64]
                """
                        + BUILD;

        var work = Pipelines.plan(text).terms().work();

        assertThat(work).hasSize(4);
        assertThat(work.getFirst().fragments()).isEqualTo(Map.of("core", "0.1.0", "light", "1"));
        assertThat(work).extracting(PlanTerms.WorkItem::idempotencyKey).doesNotHaveDuplicates();
        assertThat(work.getFirst().idempotencyKey())
                .isEqualTo(
                        Pipelines.plan(text.replace("core: [0.1.0, 0.2.0]", "core: 0.1.0"))
                                .terms()
                                .work()
                                .getFirst()
                                .idempotencyKey())
                .matches("[0-9a-f]{64}");
        assertThat(Pipelines.plan(text.replace("id: web", "id: web\n  template: 2")).terms().work())
                .extracting(PlanTerms.WorkItem::idempotencyKey)
                .doesNotContain(work.getFirst().idempotencyKey());
    }

    @Test
    void aManifestOfTooManyCombinationsIsAnErrorAndNeverCut() {
        var versions = "[" + "1, ".repeat(9) + "1]";
        assertThat(
                        Pipelines.errors(
                                "manifest: {id: web, fragments: {a: %1$s, b: %1$s, c: %1$s}}\n%2$s"
                                        .formatted(versions, BUILD)))
                .containsExactly(
                        "ci.yml:1:1: the manifest makes 1,000 combinations, and the limit is 256;"
                                + " leave out versions or platforms");
    }

    @Test
    void whatMustNotBeIgnoredStopsTheRun() {
        var plan =
                Pipelines.plan(
                        """
                        name: x
                        affinity: require
                        jobs:
                          deploy: {approval: {approvers: [ops], timeout: 60}, network: restricted, %s}
                        """
                                .formatted(STEPS));

        assertThat(plan.terms().blockers())
                .containsExactlyInAnyOrder(
                        "'affinity: require'",
                        "'approval' of job 'deploy'",
                        "'network: restricted' of job 'deploy'");
        assertThat(plan.jobs().getFirst().terms().approval())
                .isEqualTo(new JobTerms.Approval(List.of("ops"), Duration.ofMinutes(1)));
    }

    @Test
    void whatOnlyDoesLessIsAWarningAndRuns() {
        var text =
                """
                notifications: {email: team@example.org, on: failure}
                caches: [{key: "m-${{ branch }}-{{ hashFiles('pom.xml') }}", paths: .m2, when: always}]
                """
                        + BUILD;

        var problems = new PipelineParser().parse("ci.yml", text).problems();
        var plan = Pipelines.plan(text);

        assertThat(problems).extracting(PipelineProblem::code).containsExactly("HR1199", "HR1199");
        assertThat(problems).allMatch(p -> p.severity() == PipelineProblem.Severity.WARNING);
        assertThat(plan.terms().blockers()).isEmpty();
        assertThat(plan.terms().setting("notifications").orElseThrow().texts("email"))
                .containsExactly("team@example.org");
        assertThat(plan.jobs().getFirst().terms().caches())
                .containsExactly(
                        new JobTerms.Cache(
                                "m-main-{{ hashFiles('pom.xml') }}",
                                List.of(".m2"),
                                Plan.Artifact.When.ALWAYS));
    }

    @Test
    void anImageThatAllStepsNameIsTheJobs() {
        var same =
                Pipelines.plan(
                        "name: x\njobs: {build: {steps: [{name: a, image: node:22, run: a}, {name: b, image: node:22, run: b}]}}");
        var other =
                Pipelines.plan(
                        "name: x\njobs: {build: {image: maven:3, steps: [{name: a, image: node:22, run: a}, {name: b, image: maven:3, run: b}]}}");

        assertThat(same.jobs().getFirst().image()).isEqualTo("node:22");
        assertThat(same.terms().blockers()).isEmpty();
        assertThat(other.jobs().getFirst().steps())
                .extracting(Plan.Step::image)
                .containsExactly("node:22", null);
        assertThat(other.terms().blockers()).containsExactly("'image' of job 'build', step 'a'");
    }

    @Test
    void aDeploymentIsKeptWithItsDefaults() {
        var plan =
                Pipelines.plan(
                        """
                        deployment:
                          environment: staging
                          version: ${{ branch }}-1
                          strategy: canary
                          targets: [{name: one, url: "http://one"}]
                          canary: {thresholds: [{metric: errors, limit: 1.5, type: relative}]}
                        """
                                + BUILD);

        var deployment = plan.terms().setting("deployment").orElseThrow();
        assertThat(deployment.text("version")).isEqualTo("main-1");
        assertThat(deployment.at("canary").texts("stages"))
                .containsExactly("5", "15", "35", "65", "100");
        assertThat(deployment.at("health").number("timeout")).isEqualTo(300);
        assertThat(deployment.at("rollback").truth("automatic")).isTrue();
        assertThat(deployment.at("canary").at("thresholds").items().getFirst().decimal("limit"))
                .isEqualByComparingTo("1.5");
        assertThat(plan.terms().blockers()).containsExactly("'deployment'");
    }

    @Test
    void mistakesInADeploymentAreToldTogether() {
        var text =
                """
                deployment:
                  environment: staging
                  strategy: canary
                  targets: [{name: one}, {name: one, weight: 101}]
                  health: {interval: 400, kind: ping}
                  rolling: {batch_size: 1}
                  canary: {stages: [5, 50], durations_minutes: [1, 2], gates: [7]}
                """
                        + BUILD;

        assertThat(Pipelines.errors(text))
                .containsExactlyInAnyOrder(
                        "ci.yml:1:1: 'durations_minutes' has 2 numbers for 2 stages; write one for"
                                + " each stage but the last, or use 'stage_duration_minutes'",
                        "ci.yml:1:1: neither 'version' nor 'artifact' is given; add 'version', such"
                                + " as 'version: ${{ tag }}'",
                        "ci.yml:1:1: the gate at 7 percent is at none of the stages; write one of 5,"
                                + " 50",
                        "ci.yml:1:1: the interval of 'health' is longer than its timeout; raise"
                                + " 'timeout', or lower 'interval'",
                        "ci.yml:4:33: two targets are called 'one'; rename one of them",
                        "ci.yml:4:46: 'weight' is 101, which is outside 0 to 100; write a number from"
                                + " 0 to 100",
                        "ci.yml:5:33: 'kind' can't be 'ping'; the values allowed are 'http',"
                                + " 'script', 'tcp'",
                        "ci.yml:7:24: the last stage of 'canary' is 50 percent, so the old version"
                                + " would stay; add 100 as the last stage");
    }

    @Test
    void theHashChangesWithTheTerms() {
        var hash = Pipelines.plan(BUILD).hash();

        assertThat(Pipelines.plan("notifications: {email: a@b.c}\n" + BUILD).hash())
                .isNotEqualTo(hash);
        assertThat(Pipelines.plan("affinity: prefer\n" + BUILD).hash()).isNotEqualTo(hash);
    }

    @Test
    void aDependencyOnAPlatformWithAGpuIsALabel() {
        assertThat(
                        Pipelines.plan(
                                        "name: x\njobs: {train: {platform: {gpu: true, os: linux}, %s}}"
                                                .formatted(STEPS))
                                .jobs()
                                .getFirst()
                                .labels())
                .containsExactly("linux", "gpu");
    }
}
