package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.run.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
@Timeout(60)
class RunLogsTest {

    private final TestServer server;
    private final Client client;

    RunLogsTest(TestServer server) {
        this.server = server;
        this.client = server.as("developer");
    }

    @Test
    void aLogThatHasExpiredIsSaidToBeGone() throws Exception {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var run = site.run(client);
        var claim = site.claim(run, "build");
        try (var log = site.log(claim)) {
            Site.print(log, 0, "hello");
        }
        site.end(claim, Status.SUCCEEDED);
        var attempt = "/api/v1/attempts/" + claim.attempt();
        assertThat(client.get(attempt).json().path("expired").asBoolean()).isFalse();

        server.services.logs().delete(claim.attempt());

        assertThat(client.get(attempt).json().path("expired").asBoolean()).isTrue();
        var answer = client.get(attempt + "/log");
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.json().path("detail").asText())
                .isEqualTo(
                        "The log of attempt 1 of 'build' has expired and is deleted; what became of its steps is kept");
        assertThat(lines(run, "")).isEmpty();
    }

    @Test
    void linesArriveWhileTheyAreWritten() throws Exception {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var run = site.run(client);

        try (var events = client.events("/api/v1/runs/" + run + "/logs")) {
            assertThat(events.status()).isEqualTo(200);
            assertThat(events.next("job").data().path("status").asText()).isEqualTo("QUEUED");
            var claim = site.claim(run, "build");
            var log = site.log(claim);
            Site.print(log, 0, "one");
            var first = events.next("line");
            assertThat(first.data().path("text").asText()).isEqualTo("one");
            assertThat(first.data().path("job").asText()).isEqualTo("build");
            assertThat(first.data().path("n").asInt()).isEqualTo(1);
            assertThat(first.data().path("step").asInt()).isZero();
            assertThat(first.data().path("stream").asText()).isEqualTo("STDOUT");

            Site.print(log, 0, "two");
            assertThat(events.next("line").data().path("text").asText()).isEqualTo("two");
            log.close();
            site.end(claim, Status.SUCCEEDED);
            var states =
                    events.rest().stream()
                            .map(event -> event.name() + " " + event.data().path("status").asText())
                            .toList();
            assertThat(states).endsWith("job SUCCEEDED", "run SUCCEEDED", "end ");
        }
    }

    @Test
    void aBrokenStreamGoesOnWhereItBroke() throws Exception {
        var site = new Site(server, PipelineTexts.TWO_JOBS);
        var run = site.run(client);
        var build = site.claim(run, "build");
        try (var log = site.log(build)) {
            Site.print(log, 0, "b1", "b2", "b3", "b4");
        }
        site.end(build, Status.SUCCEEDED);
        var deploy = site.claim(run, "deploy");
        var log = site.log(deploy);
        Site.print(log, 0, "d1", "d2");

        var all = new ArrayList<String>();
        @Nullable String last = null;
        // Each connection breaks after one line.
        for (var i = 0; i < 6; i++) {
            try (var events = open(run, last)) {
                var line = events.next("line");
                all.add(line.data().path("text").asText());
                last = line.id();
            }
        }
        Site.print(log, 0, "d3");
        log.close();
        site.end(deploy, Status.SUCCEEDED);
        try (var events = open(run, last)) {
            for (var event : events.rest()) {
                if (event.name().equals("line")) {
                    all.add(event.data().path("text").asText());
                }
                last = event.id() == null ? last : event.id();
            }
        }

        assertThat(all.stream().filter(text -> text.startsWith("b")))
                .containsExactly("b1", "b2", "b3", "b4");
        assertThat(all.stream().filter(text -> text.startsWith("d")))
                .containsExactly("d1", "d2", "d3");
        assertThat(last).isEqualTo("end");
        assertThat(client.get("/api/v1/runs/" + run + "/logs", "Last-Event-ID", "end").status())
                .isEqualTo(204);
    }

    private Client.Events open(String run, @Nullable String last) throws Exception {
        var path = "/api/v1/runs/" + run + "/logs";
        return last == null ? client.events(path) : client.events(path, "Last-Event-ID", last);
    }

    @Test
    void onlyTheJobAndStepThatAreAskedForAreSent() throws Exception {
        var site = new Site(server, PipelineTexts.TWO_JOBS);
        var run = site.run(client);
        var build = site.claim(run, "build");
        try (var log = site.log(build)) {
            Site.print(log, 0, "compiled");
            Site.print(log, 1, "checked");
        }
        site.end(build, Status.SUCCEEDED);
        var deploy = site.claim(run, "deploy");
        try (var log = site.log(deploy)) {
            Site.print(log, 0, "pushed");
        }
        site.end(deploy, Status.SUCCEEDED);

        assertThat(lines(run, "?job=build&step=check")).containsExactly("checked");
        assertThat(lines(run, "?job=build&step=0")).containsExactly("compiled");
        assertThat(lines(run, "?job=deploy")).containsExactly("pushed");
        assertThat(lines(run, "?job=nonsense")).isEmpty();
    }

    @Test
    void oneAttemptIsFollowedFromALineOnUntilItIsOver() throws Exception {
        var site = new Site(server, PipelineTexts.TWO_JOBS);
        var run = site.run(client);
        var build = site.claim(run, "build");
        var log = site.log(build);
        Site.print(log, 0, "b1", "b2", "b3");
        var query = "?attempt=" + build.attempt() + "&from=";

        try (var events = client.events("/api/v1/runs/" + run + "/logs" + query + 3)) {
            assertThat(events.next("line").data().path("text").asText()).isEqualTo("b3");
            Site.print(log, 0, "b4");
            assertThat(events.next("line").data().path("n").asLong()).isEqualTo(4);
            log.close();
            site.end(build, Status.SUCCEEDED);

            // The run goes on with its second job.
            assertThat(events.rest()).extracting(Client.Event::name).endsWith("end");
        }

        site.end(site.claim(run, "deploy"), Status.SUCCEEDED);
        assertThat(lines(run, query + 2)).containsExactly("b2", "b3", "b4");
        assertThat(lines(run, query + 17)).isEmpty();
        assertThat(client.get("/api/v1/runs/" + run + "/logs?from=2").detail())
                .isEqualTo("'from' counts the lines of one attempt; add 'attempt'");
        var other = site.run(client);
        assertThat(client.get("/api/v1/runs/" + other + "/logs" + query + 1).detail())
                .isEqualTo("Run %s has no attempt %s".formatted(other, build.attempt()));
    }

    private List<String> lines(String run, String query) throws Exception {
        try (var events = client.events("/api/v1/runs/" + run + "/logs" + query)) {
            return events.rest().stream()
                    .filter(event -> event.name().equals("line"))
                    .map(event -> event.data().path("text").asText())
                    .toList();
        }
    }

    @Test
    void aRunThatNeverStartedEndsAtOnce() throws Exception {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var run = site.run(client);
        client.post("/api/v1/runs/" + run + "/cancel", "{}");

        try (var events = client.events("/api/v1/runs/" + run + "/logs")) {
            assertThat(events.next("run").data().path("status").asText()).isEqualTo("CANCELLED");
            assertThat(events.next("end").data().path("run").asText()).isEqualTo(run);
        }
    }

    @Test
    void aLogIsReadByLinesInBothForms() throws Exception {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var run = site.run(client);
        var claim = site.claim(run, "build");
        try (var log = site.log(claim)) {
            for (var i = 1; i <= 5000; i++) {
                Site.print(log, 0, "line " + i);
            }
        }
        site.end(claim, Status.SUCCEEDED);
        var path = "/api/v1/attempts/" + claim.attempt() + "/log";

        var some = client.get(path + "?from=4998&limit=2", "Accept", "application/x-ndjson");
        assertThat(some.body().lines().toList())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("{\"n\":4998,\"time\":\"")
                .endsWith("\"stream\":\"STDOUT\",\"step\":0,\"text\":\"line 4998\"}");
        assertThat(some.header("X-Headrace-Lines")).isEqualTo("5000");
        assertThat(some.header("X-Headrace-Complete")).isEqualTo("true");
        assertThat(client.get(path + "?from=-1").body()).contains("\"line 5000\"");
        assertThat(client.get(path).body().lines()).hasSize(1000);
        assertThat(client.get(path + "?limit=1000000000").body().lines()).hasSize(5000);

        var text = client.get(path, "Accept", "text/plain");
        assertThat(text.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
        assertThat(text.body().lines()).hasSize(5000).endsWith("line 5000");
        assertThat(client.get(path + "?from=7&limit=1", "Accept", "text/plain").body())
                .isEqualTo("line 7\n");

        var file = client.get(path + ".txt");
        assertThat(file.body().lines()).hasSize(5000);
        assertThat(file.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"build-1.txt\"");

        var found = client.get(path + "/search?q=4999");
        assertThat(found.json().path("items").findValuesAsText("n")).containsExactly("4999");
        var attempt = client.get("/api/v1/attempts/" + claim.attempt()).json();
        assertThat(attempt.path("lines").asInt()).isEqualTo(5000);
        assertThat(attempt.path("run").asText()).isEqualTo(run);
    }

    @Test
    void changesOfRunsAreStreamed() throws Exception {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        try (var events = client.events("/api/v1/runs/events?project=" + site.project)) {
            var run = site.run(client);
            var event = events.next("run");
            assertThat(event.data().path("id").asText()).isEqualTo(run);

            site.end(site.claim(run, "build"), Status.SUCCEEDED);
            while (!event.data().path("status").asText().equals("SUCCEEDED")) {
                event = events.next("run");
            }
        }
    }

    @Test
    void aPlaceThatIsNoneIsRefused() {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var run = site.run(client);

        assertThat(client.get("/api/v1/runs/" + run + "/logs", "Last-Event-ID", "17").detail())
                .isEqualTo(
                        "'17' is no Last-Event-ID of this stream; leave it out to begin at the start");
        assertThat(client.get("/api/v1/runs/0000000000000/logs").status()).isEqualTo(404);
    }
}
