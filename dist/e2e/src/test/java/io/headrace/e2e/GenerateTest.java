package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.Headrace;
import io.headrace.engine.run.Rerun;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Status;
import io.headrace.language.PipelineProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines that a job of theirs generates: real database, real processes, real git. */
class GenerateTest {

    private static final AtomicInteger PROJECTS = new AtomicInteger();

    private static @TempDir Path directory;
    private static Engine engine;
    private static Headrace headrace;
    private Repository repository;
    private String project;

    @BeforeAll
    static void start() throws IOException {
        engine = Engine.start(directory, Map.of("worker.slots", "4", "worker.kill-grace", "1"));
        headrace = engine.headrace();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @BeforeEach
    void addProject() throws IOException {
        project = "mill-" + PROJECTS.incrementAndGet();
        repository = Repository.create(directory.resolve(project));
        engine.add(project, repository.path().toString());
    }

    private RunId started(String pipeline, String generator) throws IOException {
        repository
                .write(".headrace.yml", pipeline)
                .write("generate.sh", generator)
                .commit("a pipeline");
        return engine.trigger(project, null);
    }

    /** Runs a pipeline of which a script generates the rest. */
    private RunDetail generated(String generator) throws IOException {
        return engine.awaited(started("name: shop\ngenerate: sh generate.sh\n", generator));
    }

    private static String writes(String yaml) {
        return "cat > \"$HEADRACE_PIPELINE\" <<'END'\n%s\nEND\n".formatted(yaml.strip());
    }

    private static List<String> errors(RunDetail run) {
        return run.problems().stream()
                .filter(each -> each.severity() == PipelineProblem.Severity.ERROR)
                .map(PipelineProblem::toString)
                .toList();
    }

    private static List<String> keys(RunDetail run) {
        return run.jobs().stream().map(RunDetail.Job::key).toList();
    }

    @Test
    void theExampleOfTheDocumentsRuns() throws IOException {
        var page = Files.readString(Build.root().resolve("docs/pipeline.md"));
        var section = page.substring(page.indexOf("## Generated jobs"));
        var file = block(section, "```yaml\n");
        var script = block(section, "```sh\n");
        repository
                .write("services/shop/test.sh", "echo testing the shop")
                .write("services/mill/test.sh", "echo testing the mill")
                .write("ci/generate", script)
                .write(".headrace.yml", file)
                .commit("services");

        var run = engine.awaited(engine.trigger(project, null));

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(keys(run)).containsExactly("generate", "publish", "test-mill", "test-shop");
        assertThat(engine.log(run, "test-mill")).contains("testing the mill");
    }

    private static String block(String text, String fence) {
        var begin = text.indexOf(fence) + fence.length();
        return text.substring(begin, text.indexOf("```", begin));
    }

    @Test
    void whatTheFirstJobWritesIsTheRestOfTheRun() throws IOException {
        var run =
                engine.awaited(
                        started(
                                """
                                name: shop
                                generate: sh generate.sh
                                jobs:
                                  last:
                                    needs: [two]
                                    steps: [{name: say, run: echo last}]
                                """,
                                "echo noise\n"
                                        + writes(
                                                """
                                                global_env: {LEVEL: high}
                                                jobs:
                                                  one:
                                                    steps: [{name: say, run: 'echo level=$LEVEL; git status --short'}]
                                                  two:
                                                    needs: one
                                                    steps: [{name: say, run: echo two}]
                                                """)));

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(keys(run)).containsExactly("generate", "last", "one", "two");
        assertThat(run.job("one").orElseThrow().needs()).containsExactly("generate");
        assertThat(run.job("last").orElseThrow().needs()).containsExactly("two");
        assertThat(engine.log(run, "generate")).contains("noise", "Generated 3 more jobs");
        assertThat(engine.log(run, "one")).contains("level=high").doesNotContain("headrace-pipel");
        var plan = headrace.runs().plan(run.run().id()).orElseThrow();
        assertThat(plan.levels())
                .containsExactly(
                        List.of("generate"), List.of("one"), List.of("two"), List.of("last"));
    }

    @Test
    void whatIsWrongWithTheOutputIsToldAsOfAnyFile() throws IOException {
        var run =
                generated(
                        writes(
                                """
                                jobs:
                                  build:
                                    imag: x
                                    needs: tset
                                    steps: [{name: say, run: echo}]
                                """));

        assertThat(run.run().status()).isEqualTo(Status.FAILED);
        assertThat(keys(run)).containsExactly("generate");
        assertThat(errors(run))
                .containsExactly(
                        "generate:output.yml:3:5: unknown key 'imag'; did you mean 'image'?",
                        "generate:output.yml:4:12: there is no job 'tset'; jobs are 'generate'");
        assertThat(run.run().reason())
                .isEqualTo(
                        "job 'generate' failed: generate:output.yml:3:5: unknown key 'imag'; did you"
                                + " mean 'image'? (and 1 more problems)");
        assertThat(engine.log(run, "generate"))
                .contains("generate:output.yml:4:12: there is no job 'tset'");
        assertThat(run.job("generate").orElseThrow().attempts()).hasSize(1);
    }

    @Test
    void aScriptThatWritesNothingIsToldWhere() throws IOException {
        var run = generated("echo 'jobs: {}'");

        assertThat(run.run().status()).isEqualTo(Status.FAILED);
        assertThat(errors(run))
                .containsExactly(
                        "generate:output.yml:1:1: 'generate' wrote no pipeline; write it to the"
                                + " file that HEADRACE_PIPELINE names, such as ./generate >"
                                + " \"$HEADRACE_PIPELINE\"; 'jobs: {}' means that there is nothing"
                                + " to do");
    }

    @Test
    void aLinkIsNoOutput() throws IOException {
        var run = generated("ln -s /etc/hostname \"$HEADRACE_PIPELINE\"");

        assertThat(run.run().status()).isEqualTo(Status.FAILED);
        assertThat(run.run().reason()).contains("'generate' wrote no pipeline");
    }

    @Test
    void anOutputThatIsTooLargeIsRefusedHoweverLargeItIs() throws IOException {
        var run = generated("yes '# a comment' | head -c 200000000 > \"$HEADRACE_PIPELINE\"");

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.FAILED);
        assertThat(errors(run))
                .containsExactly(
                        "generate:output.yml:1:1: the file is larger than 1 MiB; write fewer or"
                                + " shorter jobs; let them call scripts of the repository");
    }

    @Test
    void theValueOfASecretGetsIntoNoPlan() throws IOException {
        headrace.secrets().put(headrace.projects().get(project), "TOKEN", "s3cr3t-value", "anna");
        var run =
                engine.awaited(
                        started(
                                "name: x\ngenerate: {script: sh generate.sh, secrets: [TOKEN]}\n",
                                """
                                echo "jobs: {a: {steps: [
                                  {name: a, run: echo $TOKEN}]}}" > "$HEADRACE_PIPELINE"
                                """));

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.FAILED);
        assertThat(run.problems())
                .filteredOn(each -> each.severity() == PipelineProblem.Severity.ERROR)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem)
                            .hasToString(
                                    "generate:output.yml:2:1: the value of a secret is in the"
                                            + " output; write the secret's name under 'secrets' of"
                                            + " the job that needs it");
                    assertThat(problem.source()).isEqualTo("  {name: a, run: echo «TOKEN»}]}}");
                });
        assertThat(run.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void aScriptThatFailsGeneratesNothing() throws IOException {
        var run = generated(writes("jobs: {a: {steps: [{name: a, run: echo}]}}") + "exit 3\n");

        assertThat(run.run().status()).isEqualTo(Status.FAILED);
        assertThat(run.run().reason())
                .isEqualTo("job 'generate' failed: step 'generate': exit code 3");
        assertThat(keys(run)).containsExactly("generate");
        assertThat(errors(run)).isEmpty();
    }

    @Test
    void repeatingARunTakesOverWhatWasGenerated() throws IOException {
        var marker = directory.resolve("mended-" + project);
        var first =
                generated(
                        writes(
                                """
                                jobs:
                                  make: {steps: [{name: make, run: echo made}]}
                                  test: {needs: make, steps: [{name: test, run: test -e %s}]}
                                """
                                        .formatted(marker)));
        assertThat(first.run().status()).as(first.toString()).isEqualTo(Status.FAILED);
        Files.createFile(marker);

        var failed = again(first, Rerun.failed());
        var all = again(first, Rerun.all());

        for (var run : List.of(failed, all)) {
            assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
            assertThat(run.job("generate").orElseThrow().reason())
                    .isEqualTo("kept from #" + first.run().number());
            assertThat(headrace.runs().plan(run.run().id()))
                    .isEqualTo(headrace.runs().plan(first.run().id()));
        }
        assertThat(failed.job("make").orElseThrow().attempts()).isEmpty();
        assertThat(all.job("make").orElseThrow().attempts()).hasSize(1);
    }

    @Test
    void repeatingARunWithoutARestGeneratesItAgain() throws IOException {
        var marker = directory.resolve("there-" + project);
        var first =
                generated(
                        "test -e %s || exec true\n".formatted(marker)
                                + writes("jobs: {a: {steps: [{name: a, run: echo}]}}"));
        assertThat(first.run().status()).isEqualTo(Status.FAILED);
        assertThat(errors(first)).hasSize(1);
        Files.createFile(marker);

        var run = again(first, Rerun.failed());

        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(keys(run)).containsExactly("generate", "a");
        assertThat(errors(run)).isEmpty();
    }

    private static RunDetail again(RunDetail run, Rerun mode) {
        return engine.awaited(headrace.runs().rerun(run.run().id(), mode, "anna").run());
    }

    @Test
    void aRunThatIsCancelledWhileItGeneratesGetsNoMoreJobs() throws IOException {
        var begun = directory.resolve("begun-" + project);
        var id =
                started(
                        "name: x\ngenerate: sh generate.sh\n",
                        writes("jobs: {a: {steps: [{name: a, run: echo}]}}")
                                + "touch %s\nsleep 7651\n".formatted(begun));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(begun));

        headrace.runs().cancel(id, "anna");

        var run = engine.awaited(id);
        assertThat(run.run().status()).isEqualTo(Status.CANCELLED);
        assertThat(keys(run)).containsExactly("generate");
    }

    @Test
    void whatIsIncludedMustBeThere() throws IOException {
        var run = generated(writes("include: ci/more.yml\njobs: {}"));

        assertThat(run.run().status()).isEqualTo(Status.FAILED);
        assertThat(run.run().reason())
                .startsWith(
                        "job 'generate' failed: generate:output.yml:1:10: 'ci/more.yml' can't be"
                                + " read: ");
    }

    @Test
    void aServerThatStopsWhileItGeneratesBeginsAgainAndAddsJobsOnce(@TempDir Path apart)
            throws IOException {
        var settings = Map.of("worker.kill-grace", "1", "shutdown.patience", "0");
        var begun = apart.resolve("begun");
        RunId id;
        try (var first = Engine.start(apart, settings)) {
            first.add(
                    "mill",
                    apart.resolve("mill"),
                    """
                    name: mill
                    generate:
                      - |
                        echo 'jobs: {a: {steps: [{name: a, run: echo}]}}' > "$HEADRACE_PIPELINE"
                        test "$HEADRACE_ATTEMPT" != 1 || { touch %s; sleep 7652; }
                    """
                            .formatted(begun));
            id = first.trigger("mill", null);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(begun));
        }

        try (var second = Engine.start(apart, settings)) {
            var run = second.awaited(id);

            assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
            assertThat(keys(run)).containsExactly("generate", "a");
            assertThat(run.job("generate").orElseThrow().attempts())
                    .extracting(RunDetail.Attempt::status)
                    .containsExactly(Status.ERRORED, Status.SUCCEEDED);
        }
    }
}
