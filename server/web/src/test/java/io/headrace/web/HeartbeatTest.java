package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.run.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream that has nothing to tell shows that it is alive, so proxies leave it open. */
@Timeout(60)
class HeartbeatTest {

    private static final WebSettings SETTINGS =
            new WebSettings(false, true, Duration.ofHours(1), Duration.ofMillis(400));

    private @TempDir Path home;
    private TestServer server;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(home, SETTINGS);
        client = server.as("developer");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aStreamOfOneStepIsKeptAliveWhileOnlyOthersPrint() throws Exception {
        var site = new Site(server, PipelineTexts.TWO_JOBS);
        var run = site.run(client);
        var build = site.claim(run, "build");
        var log = site.log(build);
        try (var printer = Executors.newSingleThreadScheduledExecutor();
                var events = client.events("/api/v1/runs/" + run + "/logs?job=build&step=check")) {
            var printing =
                    printer.scheduleAtFixedRate(
                            () -> Site.print(log, 0, "not wanted"), 0, 20, TimeUnit.MILLISECONDS);

            assertThat(events.heartbeat()).isTrue();
            assertThat(events.heartbeat()).isTrue();

            printing.cancel(false);
            Site.print(log, 1, "wanted");
            assertThat(events.next("line").data().path("text").asText()).isEqualTo("wanted");
        }
        log.close();
        site.end(build, Status.SUCCEEDED);
    }

    @Test
    void aStreamOfOneProjectIsKeptAliveWhileOnlyOthersRun() throws Exception {
        var quiet = new Site(server, PipelineTexts.ONE_JOB);
        var busy = new Site(server, PipelineTexts.ONE_JOB);
        try (var trigger = Executors.newSingleThreadScheduledExecutor();
                var events = client.events("/api/v1/runs/events?project=" + quiet.project)) {
            var triggering =
                    trigger.scheduleWithFixedDelay(
                            () -> busy.run(client), 0, 100, TimeUnit.MILLISECONDS);

            assertThat(events.heartbeat()).isTrue();
            assertThat(events.heartbeat()).isTrue();

            triggering.cancel(false);
            var run = quiet.run(client);
            assertThat(events.next("run").data().path("id").asText()).isEqualTo(run);
        }
    }
}
