package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of jobs, and who may have it (LANG-018, LANG-031, LANG-032). */
class ArtifactRulesTest {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    @Test
    void anArtifactsOwnRetentionWinsOverThatOfThePipeline() {
        var text =
                """
                name: x
                %s
                jobs:
                  build:
                    artifacts:
                      jar: a
                      log: {paths: [b], retention: 3}
                    steps: [{name: make, run: make}]
                """;

        assertThat(days(text.formatted("artifacts: {retention: 14}"))).containsExactly(14, 3);
        assertThat(days(text.formatted("retention: 9"))).containsExactly(9, 3);
        assertThat(days(text.formatted("retention: 9\nartifacts: {retention: {days: 14}}")))
                .as("what is said of artifacts wins over what is said of everything")
                .containsExactly(14, 3);
        assertThat(days(text.formatted("# nothing"))).containsExactly(null, 3);
    }

    private static List<Integer> days(String text) {
        return Pipelines.plan(text).jobs().getFirst().artifacts().stream()
                .map(Plan.Artifact::retentionDays)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "needs: first, artifact_dependencies: [jar]         | -",
                "needs: middle, artifact_dependencies: [first/jar]  | -",
                "needs: first, artifact_dependencies: ['j*']        | -",
                "needs: first, artifact_dependencies: [jra]         | no job that 'last' waits for keeps an artifact 'jra'; did you mean 'jar'?",
                "artifact_dependencies: [first/jar]                 | job 'last' does not wait for 'first' and can't have its artifacts; add 'first' to its depends_on",
                "needs: first, artifact_dependencies: [frist/jar]   | there is no job 'frist'; did you mean 'first'?",
                "needs: first, artifact_dependencies: [first]       | 'first' is a job: write 'first/*' for all that it keeps",
                "needs: first, artifact_dependencies: [{}]          | neither 'job' nor 'artifact' is given; add 'artifact: name'",
            })
    void anArtifactComesFromAJobThatWasWaitedFor(String job, String error) {
        var text =
                """
                name: artifacts
                jobs:
                  first: {artifacts: {jar: build/*.jar}, %1$s}
                  middle: {needs: first, %1$s}
                  last: {%2$s, %1$s}
                """
                        .formatted(STEPS, job);

        if (error.equals("-")) {
            assertThat(Pipelines.errors(text)).isEmpty();
        } else {
            assertThat(Pipelines.errors(text)).singleElement().asString().endsWith(error);
        }
    }

    @Test
    void whatAJobNeedsOfArtifactsIsPlanned() {
        var plan =
                Pipelines.plan(
                        """
                        name: artifacts
                        jobs:
                          first: {artifacts: {jar: a}, matrix: {n: [1, 2]}, %1$s}
                          last:
                            needs: first
                            artifact_dependencies:
                              - jar
                              - {job: first, directory: in/here}
                            %1$s
                        """
                                .formatted(STEPS));

        assertThat(plan.job("last").orElseThrow().artifactNeeds())
                .containsExactly(
                        new Plan.ArtifactNeed(List.of(), "jar", ""),
                        new Plan.ArtifactNeed(List.of("first-1", "first-2"), "*", "in/here"));
    }

    @Test
    void aDirectoryForArtifactsMayHaveValuesInIt() {
        var text =
                """
                name: artifacts
                parameters: {to: in}
                jobs:
                  first: {artifacts: {jar: a}, %1$s}
                  last:
                    needs: first
                    matrix: {n: [1, 2]}
                    artifact_dependencies: [{artifact: jar, directory: "$to/${{ matrix.n }}"}]
                    %1$s
                """
                        .formatted(STEPS);

        assertThat(Pipelines.plan(text).jobs().subList(1, 3))
                .extracting(job -> job.artifactNeeds().getFirst().directory())
                .containsExactly("in/1", "in/2");
        assertThat(Pipelines.planErrors(text, Events.manual("main", Map.of("to", "../out"))))
                .first()
                .asString()
                .endsWith(
                        "'$to/${{ matrix.n }}' becomes '../out/1', which leaves the workspace; write a"
                                + " path that stays in the workspace");
        assertThat(Pipelines.errors(text.replace("$to", "..")))
                .as("a path with expressions is looked at when they have values")
                .isEmpty();
    }
}
