package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file says of its steps, carried out: real database, real plugins, real processes. */
class StepRulesTest {

    private static @TempDir Path directory;
    private static Engine engine;

    @BeforeAll
    static void start() throws IOException {
        engine =
                Engine.start(
                        directory,
                        Map.of(
                                "worker.slots",
                                "4",
                                "worker.kill-grace",
                                "1",
                                "shutdown.patience",
                                "0"));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void aStepThatMayFailLetsItsJobGoOn() throws IOException {
        var run =
                run(
                        "may-fail",
                        """
                        name: may-fail
                        jobs:
                          build:
                            checkout: false
                            steps:
                              - {name: lint, run: exit 3, continue_on_failure: true}
                              - {name: make, run: echo made}
                        """);

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(steps(run))
                .extracting(RunDetail.Step::name, RunDetail.Step::status, RunDetail.Step::exitCode)
                .containsExactly(
                        tuple("lint", Status.FAILED, 3), tuple("make", Status.SUCCEEDED, 0));
        assertThat(engine.log(run, "build")).contains("made");
    }

    @Test
    void aStepWhoseConditionIsFalseIsSkippedAndTheNextOneRuns() throws IOException {
        var run =
                run(
                        "skipped",
                        """
                        name: skipped
                        jobs:
                          build:
                            checkout: false
                            steps:
                              - {name: publish, run: echo published, if: event == "tag"}
                              - {name: make, run: echo made}
                        """);

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(steps(run))
                .extracting(RunDetail.Step::name, RunDetail.Step::status, RunDetail.Step::reason)
                .containsExactly(
                        tuple(
                                "publish",
                                Status.SKIPPED,
                                "event == \"tag\" with event = \"manual\""),
                        tuple("make", Status.SUCCEEDED, ""));
        assertThat(engine.log(run, "build")).contains("made").doesNotContain("published");
    }

    @Test
    void afterAFailureOnlyStepsThatAskForItRun() throws IOException {
        var run =
                run(
                        "after-failure",
                        """
                        name: after-failure
                        jobs:
                          build:
                            checkout: false
                            steps:
                              - {name: make, run: exit 1}
                              - {name: test, run: echo tested}
                              - {name: tell, run: echo told, if: failure()}
                              - {name: tidy, run: echo tidied, if: always()}
                              - {name: praise, run: echo praised, if: success()}
                        """);

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.FAILED);
        assertThat(steps(run))
                .extracting(RunDetail.Step::name, RunDetail.Step::status)
                .containsExactly(
                        tuple("make", Status.FAILED),
                        tuple("test", Status.SKIPPED),
                        tuple("tell", Status.SUCCEEDED),
                        tuple("tidy", Status.SUCCEEDED),
                        tuple("praise", Status.SKIPPED));
    }

    @Test
    void aStepIsTriedAgainInTheSameWorkspace() throws IOException {
        var run =
                run(
                        "again",
                        """
                        name: again
                        jobs:
                          build:
                            checkout: false
                            steps:
                              - {name: flaky, run: echo x >> tries; test $(wc -l < tries) = 2, retry_count: 1}
                        """);

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(run.job("build").orElseThrow().attempts()).hasSize(1);
        assertThat(engine.log(run, "build")).contains("trying again in", "(try 2 of 2)");
    }

    @Test
    void aStepThatTookTooLongIsTriedAgainOnlyWhereThatIsAskedFor() throws IOException {
        var run =
                run(
                        "time-out",
                        """
                        name: time-out
                        jobs:
                          never:
                            checkout: false
                            steps: [{name: wait, run: sleep 600, timeout: 1, retry_count: 1}]
                          asked:
                            checkout: false
                            steps:
                              - name: wait
                                run: test -e second || { touch second; sleep 600; }
                                timeout: 1
                                retry_count: 1
                                retry_on_timeout: true
                        """);

        assertThat(run.job("never").orElseThrow().status()).isEqualTo(Status.FAILED);
        assertThat(engine.log(run, "never")).doesNotContain("trying again");
        assertThat(run.job("asked").orElseThrow().status())
                .as(run.toString())
                .isEqualTo(Status.SUCCEEDED);
        assertThat(engine.log(run, "asked")).contains("time limit of 1s; trying again in");
    }

    @Test
    void theServerTellsEachStepWhatItRunsFor() throws IOException {
        var run =
                run(
                        "told",
                        """
                        name: told
                        global_env: {LEVEL: pipeline}
                        jobs:
                          build:
                            environment: {LEVEL: job}
                            steps:
                              - name: say
                                environment: {LEVEL: step}
                                run: |
                                  echo "CI=$CI BUILD_NUMBER=$BUILD_NUMBER BRANCH_NAME=$BRANCH_NAME"
                                  echo "PROJECT=$HEADRACE_PROJECT JOB=$HEADRACE_JOB EVENT=$HEADRACE_EVENT"
                                  test "$(git rev-parse HEAD)" = "$GIT_COMMIT_SHA" && echo "the commit is right"
                                  test "$(pwd -P)" = "$(cd "$WORKSPACE" && pwd -P)" && echo "the workspace is right"
                                  test -n "$JOB_ID" && test -d "$HOME" && echo "LEVEL=$LEVEL"
                        """);

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(engine.log(run, "build"))
                .contains("CI=true BUILD_NUMBER=1 BRANCH_NAME=" + run.run().branch())
                .contains("PROJECT=told JOB=build EVENT=manual")
                .contains("the commit is right\n", "the workspace is right\n", "LEVEL=step");
    }

    private static RunDetail run(String project, String pipeline) throws IOException {
        engine.add(project, directory.resolve("sources-" + project), pipeline);
        return engine.awaited(engine.trigger(project, null));
    }

    private static List<RunDetail.Step> steps(RunDetail run) {
        return run.job("build").orElseThrow().attempts().getLast().steps();
    }
}
