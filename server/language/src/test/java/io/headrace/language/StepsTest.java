package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step may say (LANG-039 to LANG-050). */
class StepsTest {

    private static List<Plan.Step> planned(String steps) {
        return Pipelines.plan("name: x\njobs: {build: {steps: [%s]}}".formatted(steps))
                .jobs()
                .getFirst()
                .steps();
    }

    private static List<String> errors(String steps) {
        return Pipelines.errors("name: x\njobs: {build: {steps: [%s]}}".formatted(steps));
    }

    @ParameterizedTest
    @ValueSource(strings = {"script", "run", "command"})
    void commandsHaveThreeSpellingsAndAreATextOrAList(String key) {
        var steps = planned("{name: one, %1$s: a}, {name: two, %1$s: [a, b]}".formatted(key));

        assertThat(steps)
                .extracting(Plan.Step::commands)
                .containsExactly(List.of("a"), List.of("a", "b"));
        assertThat(errors("{name: one, run: a, script: b}"))
                .containsExactly(
                        "ci.yml:2:44: 'script' means the same as 'run' on line 2; keep one of the"
                                + " two");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: one, run: []}              | 'run' is empty; write at least one command",
                "{name: one, run: ''}              | the command is blank; write a command, or remove it",
                "{name: one, run: [a, ' ']}        | the command is blank; write a command, or remove it",
                "{name: one, run: }                | 'run' has no value; write text or a list of texts, or remove the key",
                "{name: one}                       | the step does nothing; add 'run: command' or 'uses: action'",
                "{name: one, run: a, uses: b}      | a step has commands or an action, and this one has both; keep one of the two",
                "{name: one, run: a, with: {b: c}} | 'with' gives inputs to an action, and this step has none; use 'environment', or add 'uses: action'",
                "make                              | step 1 must be a map, but it is text; write '- run: ' before the command",
                "~                                 | step 1 must be a map, but it is nothing; write '- run: command'",
            })
    void aStepHasCommandsOrAnActionAndNeverBoth(String step, String error) {
        assertThat(errors(step)).singleElement().asString().endsWith(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uses", "action", "plugin"})
    void anActionHasThreeSpellingsAndTakesInputs(String key) {
        var step = planned("{name: one, %s: greet, with: {who: you, n: 1.20}}".formatted(key));

        assertThat(step.getFirst().commands()).isEmpty();
        assertThat(step.getFirst().action())
                .isEqualTo(new Plan.Action("greet", Map.of("who", "you", "n", "1.20")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker://alpine:3", "grpc://host:50051/x", "junit@1.2", "a/b@v1"})
    void anActionOfAnImageOrWithAVersionIsCheckedAndStartsNoRun(String action) {
        var plan =
                Pipelines.plan(
                        "name: x\njobs: {build: {steps: [{name: one, uses: '%s'}]}}"
                                .formatted(action));

        assertThat(plan.terms().blockers())
                .containsExactly("'uses: %s' of job 'build', step 'one'".formatted(action));
        assertThat(plan.jobs().getFirst().steps().getFirst().action())
                .isEqualTo(new Plan.Action(action, Map.of()));
        assertThat(Pipelines.plan("name: x\njobs: {build: {steps: [{name: one, uses: a/b}]}}"))
                .satisfies(each -> assertThat(each.terms().blockers()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "http://x", "docker://", "x@", "-x", "x y@1"})
    void whatIsNoActionIsAnError(String action) {
        assertThat(errors("{name: one, uses: '%s'}".formatted(action)))
                .singleElement()
                .asString()
                .endsWith(
                        "'%s' is no name of an action; use letters, digits, '-', '_', '.' and '/'"
                                .formatted(action));
    }

    @Test
    void aStepIsCalledByANameOfItsOwnInItsJob() {
        assertThat(errors("{name: one, run: a}, {name: two, run: a}")).isEmpty();
        assertThat(errors("{name: one, run: a}, {name: one, run: a}"))
                .containsExactly(
                        "ci.yml:2:52: two steps are called 'one'; the first is on line 2; rename one"
                                + " of them");
        assertThat(errors("{name: ' ', run: a}"))
                .containsExactly("ci.yml:2:31: the name is blank; write a name, or remove the key");
        assertThat(errors("{name: %s, run: a}".formatted("n".repeat(200)))).isEmpty();
        assertThat(errors("{name: %s, run: a}".formatted("n".repeat(201))))
                .containsExactly("ci.yml:2:31: the name is longer than 200 characters; shorten it");
    }

    @Test
    void aStepWithoutANameIsCalledByItsNumberWithAWarning() {
        var text = "name: x\njobs: {build: {steps: [{name: one, run: a}, {run: b}]}}";

        assertThat(Pipelines.plan(text).jobs().getFirst().steps())
                .extracting(Plan.Step::name)
                .containsExactly("one", "step-2");
        assertThat(new PipelineParser().parse("ci.yml", text).problems())
                .extracting(PipelineProblem::toString)
                .containsExactly(
                        "ci.yml:2:45: the step has no name and is called 'step-2'; add 'name'");
    }

    @Test
    void stepsStayInTheirOrder() {
        assertThat(planned("{name: c, run: a}, {name: a, run: a}, {name: b, run: a}"))
                .extracting(Plan.Step::index, Plan.Step::name)
                .containsExactly(tuple(0, "c"), tuple(1, "a"), tuple(2, "b"));
    }

    @Test
    void whatAStepDoesNotSayIsAsTheReferenceSays() {
        var step = planned("{name: one, run: a}").getFirst();

        assertThat(step.timeLimit()).isEqualTo(Duration.ofMinutes(30));
        assertThat(step.retries()).isZero();
        assertThat(step.retryOnTimeout()).isFalse();
        assertThat(step.continueOnFailure()).isFalse();
        assertThat(step.workingDirectory()).as("the workspace").isEmpty();
        assertThat(step.environment()).isEmpty();
        assertThat(step.condition()).isEqualTo(Plan.Condition.NONE);
        assertThat(step.image()).isNull();
        assertThat(step.isolate()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "timeout,         1, 1800",
        "timeout_seconds, 1, 1800",
        "TimeoutSeconds,  1, 1800",
        "retry_count,     0,    3",
    })
    void numbersOfAStepHaveBounds(String key, int min, int max) {
        assertThat(errors("{name: one, run: a, %s: %d}".formatted(key, min))).isEmpty();
        assertThat(errors("{name: one, run: a, %s: %d}".formatted(key, max))).isEmpty();
        assertThat(errors("{name: one, run: a, %s: %d}".formatted(key, min - 1)))
                .singleElement()
                .asString()
                .contains("%d to %d".formatted(min, max));
        assertThat(errors("{name: one, run: a, %s: %d}".formatted(key, max + 1)))
                .singleElement()
                .asString()
                .contains("%d to %d".formatted(min, max));
    }

    @Test
    void aStepMayFailAndMayBeTriedAgain() {
        var step =
                planned(
                                "{name: one, run: a, continue_on_failure: true, retry_count: 3, timeout: 7}")
                        .getFirst();

        assertThat(step.continueOnFailure()).isTrue();
        assertThat(step.retries()).isEqualTo(3);
        assertThat(step.timeLimit()).isEqualTo(Duration.ofSeconds(7));
        assertThat(errors("{name: one, run: a, continue_on_failure: sometimes}"))
                .singleElement()
                .asString()
                .endsWith("must be true or false, but it is 'sometimes'; write true or false");
    }

    @Test
    void aFalseConditionSkipsTheStepAndNotTheJob() {
        var plan =
                Pipelines.plan(
                        """
                        name: x
                        jobs:
                          build:
                            steps:
                              - {name: one, run: a, if: branch == 'dev'}
                              - {name: two, run: b}
                        """);
        var job = plan.jobs().getFirst();

        assertThat(job.condition().verdict()).isEqualTo(Plan.Condition.Verdict.RUNS);
        assertThat(job.steps())
                .extracting(step -> step.condition().verdict())
                .containsExactly(Plan.Condition.Verdict.SKIPPED, Plan.Condition.Verdict.RUNS);
        assertThat(job.steps().getFirst().condition().explanation())
                .isEqualTo("branch == 'dev' with branch = \"main\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "a/b", "/workspace/web", "/", "."})
    void aStepRunsInTheWorkspaceOrBelowIt(String directory) {
        for (var key : List.of("working_directory", "working-directory")) {
            assertThat(
                            planned("{name: one, run: a, %s: %s}".formatted(key, directory))
                                    .getFirst()
                                    .workingDirectory())
                    .isEqualTo(directory);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "..,        leaves the workspace",
        "a/../..,   leaves the workspace",
        "/a/../b,   leaves the workspace",
        "~/x,       is not relative to the workspace",
        "'C:\\x',   is not relative to the workspace",
    })
    void aStepRunsNowhereElse(String directory, String flaw) {
        assertThat(errors("{name: one, run: a, working_directory: '%s'}".formatted(directory)))
                .singleElement()
                .asString()
                .contains(flaw + "; write a path like build/reports, with '/' and without '..'");
    }

    @Test
    void anImageOfOneStepAndIsolationAreCheckedAndStartNoRun() {
        var plan =
                Pipelines.plan(
                        """
                        name: x
                        jobs:
                          build:
                            image: maven:3
                            steps:
                              - {name: one, run: a, image: "node:22"}
                              - {name: two, run: a, isolate: true}
                              - {name: three, run: a, isolate: false}
                        """);

        assertThat(plan.terms().blockers())
                .containsExactlyInAnyOrder(
                        "'image' of job 'build', step 'one'",
                        "'isolate' of job 'build', step 'two'");
        assertThat(errors("{name: one, run: a, image: 'Bad Image'}"))
                .singleElement()
                .asString()
                .contains("'Bad Image' is no reference to an image");
    }
}
