package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Headrace;
import io.headrace.engine.Refused;
import io.headrace.engine.run.Rerun;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine without its face: real database, real plugins, real processes, real git. */
class EngineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AtomicInteger PROJECTS = new AtomicInteger();

    private static @TempDir Path directory;
    private static Engine engine;
    private static Headrace headrace;
    private Repository repository;
    private String project;

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
        headrace = engine.headrace();
    }

    @BeforeEach
    void addProject() throws IOException {
        project = "mill-" + PROJECTS.incrementAndGet();
        repository = Repository.create(directory.resolve(project));
        engine.add(project, repository.path().toString());
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void aJobRunsAndItsOutputIsInTheLog() throws IOException {
        var run =
                finished(
                        """
                        name: hello
                        jobs:
                          hello:
                            steps:
                              - name: greet
                                run: echo "hello $HEADRACE_PROJECT"
                        """);

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(log(run, "hello")).contains("hello " + project);
        assertThat(step(run, "hello", 0).exitCode()).isZero();
    }

    @Test
    void aFailingStepFailsItsJobAndCancelsWhatNeedsIt() throws IOException {
        var run =
                finished(
                        """
                        name: broken
                        jobs:
                          build:
                            steps:
                              - name: compile
                                run: exit 3
                              - name: never
                                run: echo never
                          test:
                            needs: build
                            steps:
                              - run: echo test
                        """);

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.FAILED);
        assertThat(job(run, "build").reason()).isEqualTo("step 'compile': exit code 3");
        assertThat(step(run, "build", 1).status()).isEqualTo(Status.SKIPPED);
        assertThat(job(run, "test").status()).isEqualTo(Status.CANCELLED);
        assertThat(job(run, "test").reason()).isEqualTo("needs 'build', which failed");
    }

    @Test
    void artifactsGoFromJobToJob() throws IOException {
        var run =
                finished(
                        """
                        name: artifacts
                        jobs:
                          make:
                            steps:
                              - run: mkdir out && echo flour > out/flour.txt
                            artifacts:
                              flour: out/*.txt
                          bake:
                            needs: make
                            checkout: false
                            artifact_dependencies: [flour]
                            steps:
                              - run: cat out/flour.txt
                        """);

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(log(run, "bake")).contains("flour");
        assertThat(headrace.artifacts().ofRun(run.run().id()))
                .singleElement()
                .satisfies(artifact -> assertThat(artifact.path()).isEqualTo("out/flour.txt"));
    }

    @Test
    void cancellingEndsTheWholeProcessTree() throws IOException {
        var id =
                started(
                        """
                        name: long
                        jobs:
                          wait:
                            checkout: false
                            steps:
                              - run: sleep 7654 & sleep 7654
                          after:
                            needs: wait
                            checkout: false
                            steps:
                              - run: echo after
                        """);
        Awaitility.await().atMost(PATIENCE).until(() -> processes("sleep 7654") == 2);

        headrace.runs().cancel(id, "anna");

        var run = awaited(id);
        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.CANCELLED);
        assertThat(job(run, "wait").status()).isEqualTo(Status.CANCELLED);
        assertThat(job(run, "after").reason()).isEqualTo("cancelled by anna");
        assertThat(processes("sleep 7654")).isZero();
    }

    @Test
    void aStepThatTakesTooLongFails() throws IOException {
        var run =
                finished(
                        """
                        name: slow
                        jobs:
                          slow:
                            checkout: false
                            steps:
                              - name: sleep
                                timeout: 1
                                run: sleep 600
                        """);

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.FAILED);
        assertThat(job(run, "slow").reason())
                .isEqualTo("step 'sleep': the step took longer than its time limit of 1s");
    }

    @Test
    void aRetriedJobKeepsAllItsAttempts() throws IOException {
        var run =
                finished(
                        """
                        name: flaky
                        jobs:
                          flaky:
                            checkout: false
                            retry_count: 2
                            steps:
                              - run: test "$HEADRACE_ATTEMPT" = 2
                        """);

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(job(run, "flaky").attempts())
                .extracting(RunDetail.Attempt::status)
                .containsExactly(Status.FAILED, Status.SUCCEEDED);
    }

    @Test
    void whatFailedCanBeRunAgainWithoutTheRest() throws IOException {
        var marker = directory.resolve("mended");
        var first =
                finished(
                        """
                        name: mend
                        jobs:
                          make:
                            checkout: false
                            steps:
                              - run: date > made.txt
                            artifacts: [made.txt]
                          check:
                            needs: make
                            checkout: false
                            steps:
                              - run: test -e %s
                        """
                                .formatted(marker));
        assertThat(first.run().status()).as(first.toString()).isEqualTo(Status.FAILED);
        Files.createFile(marker);

        var again = headrace.runs().rerun(first.run().id(), Rerun.failed(), "anna");

        var run = awaited(again.run());
        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(job(run, "make").attempts()).isEmpty();
        assertThat(job(run, "make").reason()).isEqualTo("kept from #" + first.run().number());
        assertThat(headrace.artifacts().ofRun(run.run().id())).hasSize(1);
    }

    private static final String THREE =
            """
            name: three
            jobs:
              make: {checkout: false, steps: [{run: "true"}]}
              check: {needs: make, checkout: false, steps: [{run: "true"}]}
              ship: {needs: check, checkout: false, steps: [{run: "true"}]}
            """;

    @Test
    void aRunCanBeRunAgainFromAJobOn() throws IOException {
        var first = finished(THREE);
        assertThat(first.run().status()).as(first.toString()).isEqualTo(Status.SUCCEEDED);

        var again = headrace.runs().rerun(first.run().id(), Rerun.from(List.of("check")), "anna");

        var run = awaited(again.run());
        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(job(run, "make").attempts()).isEmpty();
        assertThat(job(run, "check").attempts()).hasSize(1);
        assertThat(job(run, "ship").attempts()).hasSize(1);
        assertThat(run.run().rerunOf()).isEqualTo(first.run().id());
        assertThatThrownBy(() ->
                        headrace.runs()
                                .rerun(first.run().id(), Rerun.from(List.of("chekc")), "anna"))
                .isInstanceOf(Refused.class)
                .hasMessageMatching("Run #\\d+ has no job 'chekc'; did you mean 'check'\\?");
        assertThatThrownBy(() ->
                        headrace.runs().rerun(first.run().id(), Rerun.from(List.of()), "anna"))
                .hasMessageContaining("Say from which job on to run");
    }

    @Test
    void aRunCanBeRunAgainAsItsBranchIsNow() throws IOException {
        var first = finished(THREE);
        repository
                .write(".headrace.yml", THREE.replace("ship:", "sell:"))
                .commit("sell, don't ship");

        var again = headrace.runs().rerun(first.run().id(), Rerun.newest(), "anna");
        var same = headrace.runs().rerun(first.run().id(), Rerun.all(), "anna");

        var newest = awaited(again.run());
        assertThat(newest.jobs())
                .extracting(RunDetail.Job::key)
                .containsExactly("make", "check", "sell");
        assertThat(newest.run().commit()).isNotEqualTo(first.run().commit());
        assertThat(newest.run().rerunOf()).isEqualTo(first.run().id());
        assertThat(awaited(same.run()).jobs())
                .extracting(RunDetail.Job::key)
                .containsExactly("make", "check", "ship");
    }

    @Test
    void aWrongPipelineFileMakesARunThatSaysWhere() throws IOException {
        var run =
                awaited(
                        started(
                                """
                                name: wrong
                                jobs:
                                  build:
                                    steps:
                                      - rum: echo hello
                                """));

        assertThat(run.run().status()).isEqualTo(Status.ERRORED);
        assertThat(run.run().reason()).contains(".headrace.yml:5:").contains("rum");
        assertThat(run.problems()).isNotEmpty();
    }

    @Test
    void aMissingPipelineFileMakesARunThatSaysSo() throws IOException {
        repository.write("README", "nothing here").commit("empty");

        var run = awaited(trigger(null));

        assertThat(run.run().status()).isEqualTo(Status.ERRORED);
        assertThat(run.run().reason())
                .startsWith("There is no pipeline file at commit ")
                .contains(
                        "looked for .headrace.yml, .ci.yml, .ci/pipeline.yml, .ci/pipeline.yaml;");
    }

    @Test
    void thePipelineFileMayBeWhereRepositoriesUsuallyHaveIt() throws IOException {
        repository
                .write(".ci/pipeline.yml", "name: x\njobs:\n  a:\n    steps:\n      - rum: echo\n")
                .commit("x");
        var wrong = awaited(trigger(null));
        repository
                .write(".ci.yml", "name: x\njobs:\n  a:\n    steps:\n      - run: echo ok\n")
                .commit("y");
        var right = awaited(trigger(null));

        assertThat(wrong.run().reason()).startsWith(".ci/pipeline.yml:5:");
        assertThat(right.run().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aDeletedProjectLeavesNeitherLogsNorArtifacts() throws IOException {
        var run =
                finished(
                        """
                        name: leave
                        jobs:
                          leave:
                            steps:
                              - name: make
                                run: echo "only here" > only.txt
                            artifacts: ["only.txt"]
                        """);
        var kept = headrace.artifacts().ofRun(run.run().id()).getFirst();
        var attempt = job(run, "leave").attempts().getLast().id();
        assertThat(blobs()).contains(kept.sha256());

        headrace.projects().delete(project);

        assertThat(blobs()).isNotEmpty().doesNotContain(kept.sha256());
        assertThat(headrace.logs().read(attempt)).isEmpty();
        assertThat(directory.resolve("home/installation"))
                .hasContent(headrace.stores().installation());
    }

    private static List<String> blobs() throws IOException {
        try (var files = Files.walk(directory.resolve("home/data"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void anUnknownRefMakesARunThatSaysSo() throws IOException {
        repository
                .write(".headrace.yml", "name: x\njobs:\n  a:\n    steps:\n      - run: echo\n")
                .commit("x");

        var run = awaited(trigger("no-such-branch"));

        assertThat(run.run().status()).isEqualTo(Status.ERRORED);
        assertThat(run.run().reason()).contains("no-such-branch");
    }

    @Test
    void aGlobThatLeavesTheWorkspaceIsRefusedAndSaysSo() throws IOException {
        var run =
                finished(
                        """
                        name: escape
                        jobs:
                          escape:
                            checkout: false
                            steps:
                              - run: echo fine
                            artifacts: ["../*"]
                        """);

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.ERRORED);
        assertThat(run.run().reason()).contains("../*");
    }

    private RunDetail finished(String pipeline) throws IOException {
        return awaited(started(pipeline));
    }

    private RunId started(String pipeline) throws IOException {
        repository.write(".headrace.yml", pipeline).commit("a pipeline");
        return trigger(null);
    }

    private RunId trigger(@Nullable String ref) {
        return engine.trigger(project, ref);
    }

    private RunDetail awaited(RunId id) {
        return engine.awaited(id);
    }

    private static RunDetail.Job job(RunDetail run, String key) {
        return run.job(key).orElseThrow();
    }

    private static RunDetail.Step step(RunDetail run, String job, int index) {
        return job(run, job).attempts().getLast().steps().get(index);
    }

    private String log(RunDetail run, String job) throws IOException {
        return engine.log(run, job);
    }

    private static long processes(String command) {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().commandLine().orElse("").endsWith(command)
                                && !process.info().commandLine().orElse("").contains("sh "))
                .count();
    }
}
