package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which job waits for which, and what is wrong where they can't (PLAN-001 to PLAN-009). */
class GraphTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    /** Returns a pipeline of jobs as in {@code a; b: a; c: a, b}. */
    private static String jobs(String jobs) {
        var text = new StringBuilder("name: graph\njobs:\n");
        for (var job : jobs.split("; ", -1)) {
            var parts = job.split(": ", 2);
            text.append(
                    "  %s: {needs: [%s], %s}\n"
                            .formatted(parts[0], parts.length == 1 ? "" : parts[1], STEPS));
        }
        return text.toString();
    }

    @Test
    void jobsOfALevelNeedOnlyJobsOfEarlierLevels() {
        assertThat(Pipelines.plan(jobs("one")).levels()).containsExactly(List.of("one"));
        assertThat(Pipelines.plan(jobs("aaa; bbb: aaa; ccc: bbb; ddd: ccc")).levels())
                .as("a line")
                .containsExactly(List.of("aaa"), List.of("bbb"), List.of("ccc"), List.of("ddd"));
        assertThat(Pipelines.plan(jobs("aaa; bbb: aaa; ccc: aaa; ddd: bbb, ccc")).levels())
                .as("a diamond")
                .containsExactly(List.of("aaa"), List.of("bbb", "ccc"), List.of("ddd"));
        assertThat(Pipelines.plan(jobs("aaa; bbb; ccc: aaa; ddd: bbb; eee")).levels())
                .as("several roots")
                .containsExactly(List.of("aaa", "bbb", "eee"), List.of("ccc", "ddd"));
        assertThat(Pipelines.plan(jobs("aaa; bbb: aaa; ccc: aaa, bbb")).levels())
                .as("a job is below the last that it needs")
                .containsExactly(List.of("aaa"), List.of("bbb"), List.of("ccc"));
    }

    @Test
    void aJobMayNeedOneThatComesLaterInTheFile() {
        assertThat(Pipelines.plan(jobs("last: first; first")).levels())
                .containsExactly(List.of("first"), List.of("last"));
    }

    @Test
    void aCircleOfTwoIsToldWithTheDependencyToRemove() {
        assertThat(Pipelines.errors(jobs("one: two; two: one")))
                .containsExactly(
                        "ci.yml:3:17: jobs wait for each other: one → two → one; remove 'two' from"
                                + " depends_on of 'one'");
    }

    @Test
    void theDependencyToRemoveIsTheOneThatPointsForward() {
        assertThat(Pipelines.errors(jobs("aaa; bbb: aaa, ddd; ccc: bbb; ddd: ccc")))
                .containsExactly(
                        "ci.yml:4:22: jobs wait for each other: bbb → ddd → ccc → bbb; remove 'ddd'"
                                + " from depends_on of 'bbb'");
    }

    @Test
    void ofManyCirclesTheShortestIsTold() {
        assertThat(
                        Pipelines.errors(
                                jobs(
                                        "a11: a44; a22: a11; a33: a22; a44: a33; b11: b22; b22:"
                                                + " b11, a11; c11: b11")))
                .containsExactly(
                        "ci.yml:7:17: jobs wait for each other: b11 → b22 → b11; remove 'b22' from"
                                + " depends_on of 'b11'");
    }

    @Test
    void aLongCircleIsShownByItsEnds() {
        var jobs =
                IntStream.range(0, 13)
                        .mapToObj(i -> "job%d: job%d".formatted(i, (i + 1) % 13))
                        .collect(Collectors.joining("; "));
        var twelve =
                IntStream.range(0, 11)
                        .mapToObj(i -> "job%d: job%d".formatted(i, (i + 1) % 11))
                        .collect(Collectors.joining("; "));

        assertThat(Pipelines.errors(jobs(jobs)))
                .singleElement()
                .asString()
                .contains(
                        "job0 → job1 → job2 → job3 → job4 → … (4 more) … → job9 → job10 → job11 →"
                                + " job12 → job0;");
        assertThat(Pipelines.errors(jobs(twelve)))
                .singleElement()
                .asString()
                .doesNotContain("more");
    }

    @Test
    void aJobThatIsNotThereIsNamedWithTheNearestOne() {
        assertThat(Pipelines.errors(jobs("build; test: biuld; last: build, nobody")))
                .containsExactly(
                        "ci.yml:4:18: there is no job 'biuld'; did you mean 'build'?",
                        "ci.yml:5:25: there is no job 'nobody'; jobs are 'build', 'test'");
    }

    @Test
    void aJobOfAnEarlierStageCanNotWaitForOneOfALaterStage() {
        var text =
                """
                name: stages
                stages: [build, test]
                jobs:
                  make: {stage: build, needs: unit, %1$s}
                  unit: {stage: test, %1$s}
                  free: {needs: unit, %1$s}
                """
                        .formatted(STEPS);

        assertThat(Pipelines.errors(text))
                .singleElement()
                .asString()
                .startsWith("ci.yml:4:31: ")
                .endsWith("remove the dependency, or move one of the two to another stage");
        assertThat(Pipelines.errors(text.replace(", needs: unit,", ","))).isEmpty();
    }

    @Test
    void aStageThatIsNotListedIsAnError() {
        var text = "name: x\nstages: [build]\njobs: {make: {stage: %s, %s}}";

        assertThat(Pipelines.errors(text.formatted("biuld", STEPS)))
                .containsExactly("ci.yml:3:22: there is no stage 'biuld'; did you mean 'build'?");
        assertThat(Pipelines.errors(text.formatted("'${{ branch }}'", STEPS)))
                .as("a stage is written out")
                .containsExactly(
                        "ci.yml:3:22: there is no stage '${{ branch }}'; the stages are 'build'");
        assertThat(Pipelines.errors(text.formatted("build", STEPS).replace("stages", "x-stages")))
                .containsExactly(
                        "ci.yml:3:22: there is no stage 'build'; list it under 'stages' at the top"
                                + " of the file");
    }

    @Test
    void stagesOfTooManyJobsAreAnErrorThatSaysWhatToDo() {
        var text = new StringBuilder("name: layers\nstages: [one, two]\njobs:\n");
        IntStream.range(0, 2000)
                .forEach(i -> text.append("  a%d: {stage: one, %s}\n".formatted(i, STEPS)));
        IntStream.range(0, 1001)
                .forEach(i -> text.append("  b%d: {stage: two, %s}\n".formatted(i, STEPS)));

        assertThat(Pipelines.planErrors(text.toString(), Events.push("main")))
                .singleElement()
                .asString()
                .startsWith("ci.yml:1:1: the jobs wait for each other 2,002,000 times")
                .endsWith("put a job between two large groups of jobs");
    }
}
