package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    @Test
    void aDiamondHasThreeLevels() {
        var plan =
                Pipelines.plan(
                        """
                        name: diamond
                        jobs:
                          first: {%1$s}
                          left: {needs: first, %1$s}
                          right: {depends_on: [first], %1$s}
                          last: {needs: [left, right], %1$s}
                        """
                                .formatted(STEPS));

        assertThat(plan.levels())
                .containsExactly(List.of("first"), List.of("left", "right"), List.of("last"));
    }

    @Test
    void bothSpellingsOfDependenciesAreMerged() {
        var plan =
                Pipelines.plan(
                        """
                        name: merged
                        jobs:
                          one: {%1$s}
                          two: {%1$s}
                          three: {needs: one, depends_on: [two, one], %1$s}
                        """
                                .formatted(STEPS));

        assertThat(plan.job("three").orElseThrow().needs()).containsExactly("one", "two");
    }

    @Test
    void jobsOfAStageWaitForAllOfTheStageBefore() {
        var plan =
                Pipelines.plan(
                        """
                        name: staged
                        stages: [build, empty, test]
                        jobs:
                          unit: {stage: test, %1$s}
                          compile: {stage: build, %1$s}
                          lint: {stage: build, %1$s}
                          free: {%1$s}
                        """
                                .formatted(STEPS));

        assertThat(plan.job("unit").orElseThrow().needs()).containsExactly("compile", "lint");
        assertThat(plan.job("free").orElseThrow().needs()).isEmpty();
        assertThat(plan.levels())
                .containsExactly(List.of("compile", "lint", "free"), List.of("unit"));
    }

    @Test
    void aJobThatNeedsAMatrixWaitsForAllItsVariantsOrForTheOneItNames() {
        var plan =
                Pipelines.plan(
                        """
                        name: fan-in
                        jobs:
                          test: {matrix: {java: [21, 25]}, %1$s}
                          both: {needs: test, %1$s}
                          one: {needs: test-25, %1$s}
                          titled: {needs: ["test (java=21)"], %1$s}
                        """
                                .formatted(STEPS));

        assertThat(plan.job("both").orElseThrow().needs()).containsExactly("test-21", "test-25");
        assertThat(plan.job("one").orElseThrow().needs()).containsExactly("test-25");
        assertThat(plan.job("titled").orElseThrow().needs()).containsExactly("test-21");
    }

    @Test
    void theHashChangesWithWhatRunsAndWithNothingElse() {
        var text = "name: x\njobs: {build: {%s}}\n".formatted(STEPS);

        var hash = Pipelines.plan(text).hash();

        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(Pipelines.plan("# a comment\n" + text).hash()).isEqualTo(hash);
        assertThat(Pipelines.plan(text.replace("run: make", "run: make all")).hash())
                .isNotEqualTo(hash);
        assertThat(Pipelines.plan(text, Events.push("dev")).hash())
                .as("the priority of another branch is another")
                .isNotEqualTo(hash);
    }

    @Test
    void aJobWithoutALimitMayTakeAsLongAsItsSteps() {
        var plan =
                Pipelines.plan(
                        """
                        name: limits
                        jobs:
                          short:
                            steps: [{name: a, run: a, timeout: 10}, {name: b, run: b, timeout: 20}]
                          retried:
                            steps: [{name: a, run: a, timeout: 100, retry_count: 3}]
                          long:
                            steps: [{name: a, run: a}, {name: b, run: b}, {name: c, run: c}]
                          given:
                            timeout: 5
                            steps: [{name: a, run: a}]
                        """);

        assertThat(plan.timeLimit()).isEqualTo(Duration.ofHours(2));
        assertThat(plan.jobs())
                .extracting(Plan.Job::timeLimit)
                .containsExactly(
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(460),
                        Duration.ofHours(1),
                        Duration.ofSeconds(5));
    }

    @Test
    void aPipelineWithoutANameIsCalledLikeItsProject() {
        assertThat(Pipelines.plan("jobs: {build: {%s}}".formatted(STEPS)).name()).isEqualTo("shop");
    }

    @Test
    void theEventDecidesThePriorityUnlessTheFileDoes() {
        var text = "name: x\njobs: {build: {%s}, own: {priority: 7, %s}}".formatted(STEPS, STEPS);

        assertThat(priorities(text, Events.push("main"))).containsExactly(10, 7);
        assertThat(priorities(text, Events.push("dev"))).containsExactly(1, 7);
        assertThat(priorities(text, Events.tag("v1"))).containsExactly(5, 7);
        assertThat(priorities(text, Events.manual("dev"))).containsExactly(10, 7);
        assertThat(priorities("priority: urgent\n" + text, Events.tag("v1")))
                .containsExactly(50, 7);
    }

    private static List<Integer> priorities(String text, PlanEvent event) {
        return Pipelines.plan(text, event).jobs().stream().map(Plan.Job::priority).toList();
    }

    @Test
    void aLabelSelectsWorkersAndAnImageAContainer() {
        var plan =
                Pipelines.plan(
                        """
                        name: where
                        executor: process
                        jobs:
                          label: {runs-on: linux-arm64, labels: [ssd], platform: {os: Linux, arch: ARM64}, %1$s}
                          image: {runs-on: "ubuntu:24.04", executor: {type: docker}, pool: big, %1$s}
                        """
                                .formatted(STEPS));

        var label = plan.jobs().getFirst();
        assertThat(label.labels()).containsExactly("linux-arm64", "ssd", "linux", "arm64");
        assertThat(label.image()).isNull();
        assertThat(label.executor()).isEqualTo("process");
        assertThat(label.pool()).isEqualTo("default");
        var image = plan.jobs().getLast();
        assertThat(image.image()).isEqualTo("ubuntu:24.04");
        assertThat(image.executor()).isEqualTo("docker");
        assertThat(image.pool()).isEqualTo("big");
    }

    @Test
    void resourcesHaveUnits() {
        var plan =
                Pipelines.plan(
                        """
                        name: resources
                        jobs:
                          plain: {%1$s}
                          some: {resources: {cpu: 500m, memory: 2GB}, network: none, %1$s}
                          more: {resources: {cpu: 1.5, memory: 64Mi}, %1$s}
                        """
                                .formatted(STEPS));

        assertThat(plan.jobs())
                .extracting(Plan.Job::resources)
                .containsExactly(
                        Plan.Resources.DEFAULT,
                        new Plan.Resources(0.5, 2L << 30, false),
                        new Plan.Resources(1.5, 64L << 20, true));
    }

    @Test
    void artifactsHaveThreeShapes() {
        var plan =
                Pipelines.plan(
                        """
                        name: artifacts
                        retention: {days: 9}
                        jobs:
                          list: {artifacts: [a/**, b], %1$s}
                          map:
                            artifacts:
                              one: a
                              two: {paths: [b, c], when: on_failure, retention: 1}
                            %1$s
                        """
                                .formatted(STEPS));

        assertThat(plan.job("list").orElseThrow().artifacts())
                .containsExactly(
                        new Plan.Artifact(
                                "list", List.of("a/**", "b"), Plan.Artifact.When.ALWAYS, 9));
        assertThat(plan.job("map").orElseThrow().artifacts())
                .containsExactly(
                        new Plan.Artifact("one", List.of("a"), Plan.Artifact.When.ALWAYS, 9),
                        new Plan.Artifact(
                                "two", List.of("b", "c"), Plan.Artifact.When.ON_FAILURE, 1));
    }

    @Test
    void aJobThatNoWorkerCanTakeIsAWarning() {
        var pipeline =
                Pipelines.parse(
                        "name: x\njobs: {train: {pool: big, labels: [gpu], %s}}".formatted(STEPS));

        var planned =
                new Planner()
                        .plan(pipeline, Events.push("main"), (pool, _) -> pool.equals("default"));

        assertThat(planned.plan()).isNotNull();
        assertThat(planned.problems())
                .extracting(PipelineProblem::toString)
                .containsExactly(
                        "ci.yml:2:8: no worker has the pool 'big' and the labels gpu, so the job"
                                + " would wait; correct them, or start such a worker");
    }

    @Test
    void aNeedThatAnotherNeedHasAnywayIsAWarning() {
        var text =
                """
                name: redundant
                jobs:
                  one: {%1$s}
                  two: {needs: one, %1$s}
                  three: {needs: two, %1$s}
                  last: {needs: [one, three], %1$s}
                  some: {needs: two, if: branch == "main", %1$s}
                  after: {needs: [two, some], %1$s}
                  tell: {needs: [one, two], if: failure(), %1$s}
                """
                        .formatted(STEPS);

        assertThat(new PipelineParser().parse("ci.yml", text).problems())
                .extracting(PipelineProblem::toString)
                .containsExactly(
                        "ci.yml:6:18: job 'last' need not name 'one': it waits for 'three', which"
                                + " waits for it; remove it");
    }

    @Test
    @Tag("slow")
    void tenThousandJobsInARowNeedNoStack() {
        var text =
                IntStream.range(0, 10_000)
                        .mapToObj(i ->
                                "  job%d: {%s%s}\n"
                                        .formatted(
                                                i,
                                                i == 0 ? "" : "needs: job" + (i - 1) + ", ",
                                                STEPS))
                        .collect(Collectors.joining("", "name: chain\njobs:\n", ""));

        assertThat(Pipelines.plan(text).levels()).hasSize(10_000);
    }
}
