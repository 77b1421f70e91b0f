package io.headrace.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code logs}, {@code cancel}, {@code rerun}, {@code queue} and {@code workers}. */
@ExtendWith(Site.Shared.class)
class FollowCommandTest {

    @Test
    void aLogIsFollowedWhileTheRunGoesOn(Site site) throws IOException {
        var gate = site.gate("live");
        site.project("live", Pipelines.waitingFor(gate));
        var headrace = site.headrace();
        headrace.run("run", "live");

        try (var logs = headrace.start("logs", "live#1", "-f")) {
            logs.awaitPrinted("wait │ it waits\n");
            assertThat(logs.printed()).doesNotContain("wait │ it ends");
            var soFar = headrace.run("logs", "live#1");
            Files.createFile(gate);
            var ended = logs.ended();

            assertThat(soFar.code()).isZero();
            assertThat(soFar.out()).contains("wait │ it waits\n").doesNotContain("wait │ it ends");
            assertThat(ended.code()).as(ended.toString()).isZero();
            assertThat(ended.out()).contains("wait │ it ends\n").contains("✔ succeeded  live#1");
        }
    }

    @Test
    void aLogIsReadByJobAndStep(Site site) throws IOException {
        site.project(
                "parts",
                """
                name: parts
                jobs:
                  one:
                    checkout: false
                    steps:
                      - {name: first, run: echo from the first}
                      - {name: second, run: echo from the second}
                  two:
                    checkout: false
                    steps:
                      - {name: first, run: echo from elsewhere}
                """);
        var headrace = site.headrace();
        headrace.run("run", "parts", "--follow");

        var job = headrace.run("logs", "parts#1", "--job", "one");
        var step = headrace.run("logs", "parts#1", "--job", "one", "--step", "second");

        assertThat(job.out())
                .contains("one │ from the first\n", "one │ from the second\n")
                .doesNotContain("elsewhere");
        assertThat(step.out()).contains("from the second").doesNotContain("from the first");
    }

    @Test
    void aCancelledRunEndsAndItsFollowerExitsWith130(Site site) throws IOException {
        site.project("stopped", Pipelines.waitingFor(site.gate("never")));
        var headrace = site.headrace();

        try (var follower = headrace.start("run", "stopped", "--follow")) {
            follower.awaitPrinted("wait │ it waits\n");
            var cancel = headrace.run("cancel", "stopped#1");
            var ended = follower.ended();

            assertThat(cancel.code()).as(cancel.toString()).isZero();
            assertThat(cancel.out()).isEqualTo("Asked for the end of stopped#1\n");
            assertThat(ended.code()).as(ended.toString()).isEqualTo(130);
            assertThat(ended.out()).contains("◼ cancelled  stopped#1").contains("admin");

            var again = headrace.run("cancel", "stopped#1");
            assertThat(again.code()).isZero();
            assertThat(again.out()).isEqualTo("stopped#1 is over: cancelled\n");
        }
    }

    @Test
    void whoStopsToLookDoesNotStopTheRun(Site site) throws IOException {
        var gate = site.gate("unwatched");
        site.project("unwatched", Pipelines.waitingFor(gate));
        var headrace = site.headrace();

        try (var follower = headrace.start("run", "unwatched", "--follow")) {
            follower.awaitPrinted("wait │ it waits\n");
            follower.interrupt();

            assertThat(follower.ended().code()).isEqualTo(130);
        }
        assertThat(headrace.json("show", "unwatched#1", "--json").path("status").asText())
                .isEqualTo("RUNNING");
        Files.createFile(gate);
        assertThat(headrace.run("logs", "unwatched#1", "-f").code()).isZero();
    }

    @Test
    void aRunIsRunAgainWhollyOrWhereItFailed(Site site) throws IOException {
        var gate = site.gate("mended");
        site.project(
                "again",
                """
                name: again
                jobs:
                  sound:
                    checkout: false
                    steps: [{name: pass, run: echo sound}]
                  mended:
                    checkout: false
                    steps: [{name: look, run: "test -e '%s'"}]
                """
                        .formatted(gate));
        var headrace = site.headrace();
        assertThat(headrace.run("run", "again", "--follow").code()).isEqualTo(1);
        Files.createFile(gate);

        var failed = headrace.run("rerun", "again#1", "--failed", "--follow");
        var all = headrace.run("rerun", "again#1", "-f");
        var nothing = headrace.run("rerun", "again#2", "--failed");

        assertThat(failed.code()).as(failed.toString()).isZero();
        assertThat(failed.out())
                .startsWith("again#2  ")
                .contains("✔ succeeded  again#2")
                .doesNotContain("sound │");
        assertThat(all.code()).as(all.toString()).isZero();
        assertThat(all.out()).startsWith("again#3  ").contains("sound │ sound");
        assertThat(nothing.code()).as(nothing.toString()).isEqualTo(2);
    }

    @Test
    void theQueueSaysWhyAJobWaits(Site site) throws IOException {
        site.project(
                "waiting",
                """
                name: waiting
                jobs:
                  far:
                    labels: [on-the-moon]
                    steps: [{name: wait, run: make}]
                """);
        var headrace = site.headrace();
        assertThat(headrace.run("run", "waiting").code()).isZero();

        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(headrace.run("queue").out())
                                .containsPattern("^RUN +JOB +POOL +STARTS IN +WHY IT WAITS\n")
                                .containsPattern(
                                        "waiting#1 +far +default 1 +no worker of pool 'default' has all of the labels \\[on-the-moon\\]; nearest is 'built-in', which lacks \\[on-the-moon\\]\n"));
        var queued = headrace.json("queue", "--json").path("items");
        assertThat(queued.findValuesAsText("name")).contains("far");
        headrace.run("cancel", "waiting#1");
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(headrace.run("queue").out()).doesNotContain("waiting#1"));
    }

    @Test
    void workersAreListedWithWhatTheyDo(Site site) throws IOException {
        var headrace = site.headrace();

        var workers = headrace.run("workers");
        var asJson = headrace.json("workers", "--json").path("items");

        assertThat(workers.code()).isZero();
        assertThat(workers.out())
                .containsPattern("^NAME +KIND +STATE +BUSY +POOLS +LABELS\n")
                .containsPattern("built-in +built-in +ONLINE +[0-4]/4 +default +\\S*linux");
        assertThat(asJson.get(0).path("slots").asInt()).isEqualTo(4);
    }
}
