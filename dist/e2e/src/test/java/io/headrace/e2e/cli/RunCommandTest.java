package io.headrace.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code run}, {@code runs} and {@code show}, and what they exit with. */
@ExtendWith(Site.Shared.class)
class RunCommandTest {

    private static final String HELLO =
            """
            name: hello
            parameters:
              who:
                default: world
            jobs:
              greet:
                steps:
                  - name: say
                    run: |
                      echo "hello $HEADRACE_PARAM_WHO"
                      echo "careful" >&2
            """;

    @Test
    void aFollowedRunShowsItsLogAndItsJobsAndExitsWith0(Site site) throws IOException {
        site.project("followed", HELLO);

        var run = site.headrace().run("run", "followed", "--follow", "--param", "who=Ada");

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(run.out())
                .startsWith("followed#1  " + site.url() + "/runs/")
                .contains("greet │ hello Ada\n")
                .contains("greet │ careful\n")
                .contains("✔ succeeded greet")
                .containsPattern(
                        "\n✔ succeeded  followed#1  main  [0-9a-f]{10}\n   started by [a-z]+ \\(api\\)  who=Ada\n")
                .containsPattern("\n   ✔ succeeded  greet [0-9.]+ s\n");
    }

    @Test
    void aRunThatIsNotFollowedIsOnlyStarted(Site site) throws IOException {
        var gate = site.gate("started");
        site.project("started", Pipelines.waitingFor(gate));
        var headrace = site.headrace();

        var run = headrace.run("run", "started");

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(run.out()).matches("started#1 {2}%s/runs/[0-9a-z]{13}\n".formatted(site.url()));
        assertThat(headrace.run("show", "started#1").out()).doesNotContain("succeeded");
        Files.createFile(gate);
        assertThat(headrace.run("logs", "started#1", "-f").code()).isZero();
    }

    @Test
    void aRefChoosesWhatIsRun(Site site) throws IOException {
        var repository = site.project("refs", HELLO);
        repository.git("checkout", "-q", "-b", "feature/x");
        repository.write(".headrace.yml", HELLO.replace("hello $", "goodbye $"));
        var commit = repository.commit("Say goodbye");
        repository.git("checkout", "-q", "main");
        var headrace = site.headrace();

        var branch = headrace.run("run", "refs", "--ref", "feature/x", "--follow");
        var detached = headrace.run("run", "refs", "--commit", commit, "-f");
        var main = headrace.run("run", "refs", "--follow");

        assertThat(branch.out())
                .contains("greet │ goodbye world\n")
                .contains("refs#1  feature/x  ");
        assertThat(detached.out())
                .contains("greet │ goodbye world\n")
                .contains(commit.substring(0, 10));
        assertThat(main.out()).contains("greet │ hello world\n").contains("refs#3  main  ");
        assertThat(headrace.run("runs", "--branch", "feature/x").out())
                .contains("refs#1")
                .doesNotContain("refs#3");
    }

    @Test
    void anUnknownRefIsAnErrorThatSaysWhatToDo(Site site) throws IOException {
        site.project("lost", HELLO);

        var run = site.headrace().run("run", "lost", "--ref", "nowhere");

        assertThat(run.code()).as(run.toString()).isEqualTo(3);
        assertThat(run.out()).contains("! errored  lost#1").contains("nowhere");
    }

    @Test
    void aFailedRunExitsWith1AndSaysWhichStepFailed(Site site) throws IOException {
        site.project("failing", Pipelines.EXITS_WITH.formatted(7));

        var run = site.headrace().run("run", "failing", "--follow");

        assertThat(run.code()).as(run.toString()).isEqualTo(1);
        assertThat(run.out())
                .contains("✘ failed  failing#1  main")
                .contains("step 'leave'")
                .contains("7");
    }

    @Test
    void aRunOfAnInvalidFileExitsWith3AndShowsEachProblem(Site site) throws IOException {
        site.project("invalid", "name: x\njobs:\n  build:\n    steps:\n      - rum: make\n");

        var run = site.headrace().run("run", "invalid", "--follow");

        assertThat(run.code()).as(run.toString()).isEqualTo(3);
        assertThat(run.out())
                .contains("! errored  invalid#1")
                .containsOnlyOnce("   .headrace.yml:5:9: unknown key 'rum'; did you mean 'run'?\n")
                .containsOnlyOnce("the step does nothing; add 'run: command' or 'uses: action'");
    }

    @Test
    void runsAreListedNewestFirstAndFiltered(Site site) throws IOException {
        var repository = site.project("listed", HELLO);
        var headrace = site.headrace();
        headrace.run("run", "listed", "--follow");
        repository.write(".headrace.yml", Pipelines.EXITS_WITH.formatted(1)).commit("Break it");
        headrace.run("run", "listed", "--follow");

        var all = headrace.run("runs", "--project", "listed");
        var failed = headrace.run("runs", "--project", "listed", "--status", "failed");
        var newest = headrace.json("runs", "--project", "listed", "--limit", "1", "--json");

        assertThat(all.out())
                .containsPattern("^RUN +STATUS +BRANCH +COMMIT +TOOK +MESSAGE\n")
                .containsPattern(
                        "(?s)listed#2 +✘ failed +main +[0-9a-f]{10} .*Break it\nlisted#1 +✔ succeeded +main .*Add a pipeline\n");
        assertThat(failed.out()).contains("listed#2").doesNotContain("listed#1");
        assertThat(newest.path("items").size()).isEqualTo(1);
        assertThat(newest.path("items").get(0).path("number").asLong()).isEqualTo(2);
        assertThat(newest.path("next").asText()).isNotEmpty();
        assertThat(headrace.run("runs", "--project", "listed", "--branch", "none").out())
                .isEqualTo("There are no such runs. Start one: headrace run PROJECT --follow\n");
    }

    @Test
    void aRunIsShownByNumberAndById(Site site) throws IOException {
        site.project("shown", HELLO);
        var headrace = site.headrace();
        var started = headrace.json("run", "shown", "--json");
        var id = started.path("id").asText();
        headrace.run("logs", id, "-f");

        var byNumber = headrace.run("show", "shown#1");
        var asJson = headrace.json("show", id, "--json");
        var missing = headrace.run("show", "shown#9");
        var nonsense = headrace.run("show", "no-such-run");

        assertThat(byNumber.code()).isZero();
        assertThat(byNumber.out()).contains("✔ succeeded  shown#1  main").contains("greet");
        assertThat(asJson.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(
                        asJson.path("jobs")
                                .get(0)
                                .path("attempts")
                                .get(0)
                                .path("steps")
                                .get(0)
                                .path("exitCode")
                                .asInt(-1))
                .isZero();
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err())
                .isEqualTo(
                        "headrace: Project 'shown' has no run #9; see the list of its runs (headrace runs --project shown)\n");
        assertThat(nonsense.code()).isEqualTo(2);
        assertThat(nonsense.err()).contains("no-such-run");
    }

    @Test
    void aMissingArgumentIsWrongUsage(Site site) throws IOException {
        var run = site.headrace().run("run");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("Missing required parameter: 'PROJECT'")
                .contains("Try: headrace run --help");
    }
}
