package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked to stop does so soon, whatever it is doing. */
class ShutdownTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private @TempDir Path directory;

    @Test
    void aServerWhoseSlotsAreAllTakenStopsSoonAndItsJobIsRunAgain() throws IOException {
        var began = directory.resolve("began");
        var engine = start(1);
        engine.add(
                "long",
                directory.resolve("long"),
                """
                name: long
                jobs:
                  first:
                    checkout: false
                    steps:
                      - run: test -e %1$s || { touch %1$s; sleep 7655; }
                  waits:
                    checkout: false
                    steps:
                      - run: echo waited
                """
                        .formatted(began));
        var id = engine.trigger("long", null);
        Awaitility.await().atMost(SOON).until(() -> Files.exists(began));

        assertTimeoutPreemptively(SOON, engine::close);

        assertThat(
                        ProcessHandle.allProcesses()
                                .map(process -> process.info().commandLine().orElse(""))
                                .filter(command -> command.endsWith("sleep 7655")))
                .isEmpty();
        try (var again = start(1)) {
            var run = again.awaited(id);
            assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
            assertThat(run.job("first").orElseThrow().attempts())
                    .extracting(RunDetail.Attempt::status)
                    .hasSize(2)
                    .endsWith(Status.SUCCEEDED);
            assertThat(again.log(run, "waits")).contains("waited");
        }
    }

    @Test
    void aServerThatRunsNoJobsStopsSoon() throws IOException {
        var engine = start(0);
        engine.add(
                "idle",
                directory.resolve("idle"),
                "name: idle\njobs:\n  a:\n    checkout: false\n    steps:\n      - run: echo\n");
        var id = engine.trigger("idle", null);

        assertTimeoutPreemptively(SOON, engine::close);

        try (var again = start(1)) {
            assertThat(again.awaited(id).run().status()).isEqualTo(Status.SUCCEEDED);
        }
    }

    private Engine start(int slots) throws IOException {
        return Engine.start(
                directory,
                Map.of(
                        "worker.slots",
                        Integer.toString(slots),
                        "worker.kill-grace",
                        "1",
                        "shutdown.patience",
                        "0"));
    }
}
