package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {

    private static final String LEVELS =
            """
            name: levels
            parameters: {SIZE: small}
            global_env: {A: pipeline, B: pipeline, C: pipeline, D: pipeline}
            jobs:
              test:
                matrix: {b: [matrix]}
                environment: {C: job, D: job, SIZE: job, FULL: "${{ env.A }}-${{ env.C }}", A: "${{ env.A }}!"}
                steps:
                  - name: make
                    run: echo $A ${B} ${C:-x} $(date)
                    environment: {D: step, E: "${{ env.FULL }}"}
            """;

    @Test
    void aNarrowerLevelWins() {
        var job = Pipelines.plan(LEVELS).jobs().getFirst();

        assertThat(job.environment())
                .containsAllEntriesOf(
                        Map.of("A", "pipeline!", "MATRIX_B", "matrix", "C", "job", "D", "job"));
        assertThat(job.steps().getFirst().environment()).containsEntry("D", "step");
    }

    @Test
    void variablesNameEachOtherAndTheLevelBelow() {
        var job = Pipelines.plan(LEVELS).jobs().getFirst();

        assertThat(job.environment()).containsEntry("FULL", "pipeline!-job");
        assertThat(job.steps().getFirst().environment()).containsEntry("E", "pipeline!-job");
    }

    @Test
    void whatIsGivenForARunWinsOverEveryLevel() {
        var event = Events.manual("main", Map.of("D", "given", "SIZE", "large"));

        var job = Pipelines.plan(LEVELS, event).jobs().getFirst();

        assertThat(job.environment())
                .containsAllEntriesOf(
                        Map.of("D", "given", "SIZE", "large", "HEADRACE_PARAM_SIZE", "large"));
        assertThat(job.steps().getFirst().environment()).containsEntry("D", "given");
    }

    @Test
    void commandsAreLeftToTheShell() {
        var step = Pipelines.plan(LEVELS).jobs().getFirst().steps().getFirst();

        assertThat(step.commands()).containsExactly("echo $A ${B} ${C:-x} $(date)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "branch",
                "tag",
                "ref",
                "commit",
                "event",
                "github.ref",
                "github.event_name",
                "parameters.p",
                "inputs.p",
                "pipeline.p",
                "env.X"
            })
    void noValueFromOutsideIsPutIntoACommand(String name) {
        var text =
                """
                name: tainted
                parameters: {p: x}
                jobs:
                  build: {steps: [{name: make, run: "make ${{ %s }}"}]}
                """
                        .formatted(name);

        assertThat(Pipelines.errors(text))
                .singleElement()
                .asString()
                .contains("'%s' would put a value from outside into a command".formatted(name));
    }

    @Test
    void aValueFromOutsideReachesTheEnvironmentUnchangedAndIsNotLookedAtAgain() {
        var hostile = "$(reboot)`${{ matrix.x }}`; ${{ env.A }} ${matrix.x}";

        var plan =
                Pipelines.plan(
                        """
                        name: hostile
                        jobs:
                          build:
                            environment: {BRANCH: "b=${{ branch }}"}
                            steps: [{name: make, run: 'make "$BRANCH"'}]
                        """,
                        Events.push(hostile));

        var job = plan.jobs().getFirst();
        assertThat(job.environment()).containsEntry("BRANCH", "b=" + hostile);
        assertThat(job.steps().getFirst().commands()).containsExactly("make \"$BRANCH\"");
    }

    @Test
    void variablesThatReferToEachOtherAreFound() {
        var text =
                """
                name: cycle
                global_env:
                  A: ${{ env.B }}
                  B: ${{ env.A }}
                jobs: {build: {steps: [{name: make, run: make}]}}
                """;

        assertThat(Pipelines.planErrors(text, Events.push("main")))
                .containsExactly(
                        "ci.yml:3:6: variables 'A' and 'B' refer to each other; write the value of"
                                + " one of them out");
    }

    @Test
    void aVariableThatNobodySetIsAProblemWhereItsValueIsNeeded() {
        var text =
                """
                name: unset
                jobs:
                  build:
                    environment: {A: "x${{ env.NOBODY }}"}
                    steps: [{name: make, run: make}]
                """;

        assertThat(Pipelines.planErrors(text, Events.push("main")))
                .containsExactly(
                        "ci.yml:4:28: 'env.NOBODY' has no value when the run is planned; define it"
                                + " in the pipeline");
    }

    @Test
    void anImageMadeOfValuesIsCheckedWhenTheyAreKnown() {
        var text =
                """
                name: image
                parameters: {version: "3"}
                jobs:
                  build: {image: "maven:${{ parameters.version }}", steps: [{name: make, run: make}]}
                """;

        assertThat(Pipelines.plan(text).jobs().getFirst().image()).isEqualTo("maven:3");
        assertThat(
                        Pipelines.planErrors(
                                text, Events.manual("main", Map.of("version", "3 -v /:/x"))))
                .containsExactly(
                        "ci.yml:4:18: 'maven:${{ parameters.version }}' becomes 'maven:3 -v /:/x',"
                                + " which is no reference to an image; write it like"
                                + " registry/name:tag, in lower case");
    }

    @Test
    void parametersAreCheckedBeforeAnythingRuns() {
        var text =
                """
                name: parameters
                parameters:
                  level: {type: number}
                  dry: {type: boolean, default: false}
                  size: {choices: [s, m]}
                  version: {pattern: "[0-9]+", required: true}
                  slow: {pattern: "(a|a)*b"}
                jobs: {build: {steps: [{name: make, run: make}]}}
                """;
        var given =
                Map.of(
                        "level", "high",
                        "dry", "perhaps",
                        "size", "xl",
                        "slow", "a".repeat(60),
                        "levle", "1");

        assertThat(Pipelines.planErrors(text, Events.manual("main", given)))
                .containsExactly(
                        "ci.yml:1:1: the pipeline has no parameter 'levle'; did you mean 'level'?",
                        "ci.yml:3:3: parameter 'level': 'high' is no number; start the run with"
                                + " another value",
                        "ci.yml:4:3: parameter 'dry': 'perhaps' is neither true nor false; start"
                                + " the run with another value",
                        "ci.yml:5:3: parameter 'size': 'xl' is none of s, m; start the run with"
                                + " another value",
                        "ci.yml:6:3: parameter 'version' is required and not given; start the run"
                                + " with a value, or declare a default",
                        "ci.yml:7:3: parameter 'slow': '"
                                + "a".repeat(60)
                                + "' does not match the pattern (a|a)*b; start the run with"
                                + " another value");
    }
}
