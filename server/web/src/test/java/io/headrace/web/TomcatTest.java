package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.run.Status;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TomcatTest {

    private @TempDir Path home;

    @Test
    void streamsAndPlainAnswersWorkThereTooBelowAContextPath() throws Exception {
        try (var server = TestServer.inTomcat(home)) {
            var client = server.as("developer").below("/ci");
            var site = new Site(server, PipelineTexts.ONE_JOB);
            var created = client.post("/api/v1/projects/" + site.project + "/runs", "{}");
            assertThat(created.status()).isEqualTo(201);
            var run = created.json().path("id").asText();
            assertThat(created.header("Location")).isEqualTo("/ci/api/v1/runs/" + run);
            assertThat(client.get("/api/runs/" + run).status()).isEqualTo(200);
            assertThat(client.get("/api/v1/nothing").header("Content-Type"))
                    .startsWith("application/problem+json");

            var claim = site.claim(run, "build");
            var log = site.log(claim);
            String last;
            try (var events = client.events("/api/v1/runs/" + run + "/logs")) {
                Site.print(log, 0, "one");
                var line = events.next("line");
                assertThat(line.data().path("text").asText()).isEqualTo("one");
                last = java.util.Objects.requireNonNull(line.id());
            }
            // The reader is gone; these writes fail, and nobody minds.
            Site.print(log, 0, "two");
            Site.print(log, 0, "three");
            log.close();
            site.end(claim, Status.SUCCEEDED);
            try (var events =
                    client.events("/api/v1/runs/" + run + "/logs", "Last-Event-ID", last)) {
                assertThat(events.next("line").data().path("text").asText()).isEqualTo("two");
                assertThat(events.rest()).last().extracting(Client.Event::name).isEqualTo("end");
            }
        }
    }

    @Test
    void readersWhoLeaveDisturbNobodyElseAndAreNoNews() throws Exception {
        var warnings = new ConcurrentLinkedQueue<String>();
        var container = Logger.getLogger("org.apache.catalina.core.AsyncContextImpl");
        var listener =
                new StreamHandler() {
                    @Override
                    public void publish(LogRecord warning) {
                        warnings.add(warning.getMessage() + ": " + warning.getThrown());
                    }
                };
        container.addHandler(listener);
        try (var server = TestServer.inTomcat(home)) {
            var client = server.as("developer").below("/ci");
            var site = new Site(server, PipelineTexts.ONE_JOB);
            var run = site.run(client);
            var claim = site.claim(run, "build");
            var log = site.log(claim);
            var logs = "/api/v1/runs/" + run + "/logs";
            for (var round = 1; round <= 40; round++) {
                Site.print(log, 0, "mine " + round);
                try (var leaving = client.events(logs)) {
                    assertThat(leaving.next("line").id()).isNotNull();
                }
                // Tomcat uses the objects of the stream that broke again, for those who come next.
                Site.print(log, 0, "nobody's " + round);
                var lines = 2 * round;
                try (var staying = client.events(logs)) {
                    for (var line = 1; line <= lines; line++) {
                        assertThat(staying.next("line").data().path("n").asInt()).isEqualTo(line);
                    }
                }
            }
            log.close();
            site.end(claim, Status.SUCCEEDED);
        } finally {
            container.removeHandler(listener);
        }
        assertThat(warnings).isEmpty();
    }
}
