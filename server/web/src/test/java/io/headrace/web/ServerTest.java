package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.web.access.WebSessions;
import io.headrace.web.http.Json;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class ServerTest {

    private final TestServer server;
    private final Client client;

    ServerTest(TestServer server) {
        this.server = server;
        this.client = server.as("root");
    }

    @Test
    void healthIsToldToAnybody() {
        var live = server.client().get("/health/live");
        var ready = server.client().get("/health/ready");

        assertThat(live.json().path("status").asText()).isEqualTo("UP");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json().path("checks").properties())
                .extracting(check -> check.getKey() + " " + check.getValue().asText())
                .containsExactly(
                        "database UP", "logs UP", "worker UP", "queue UP", "dead-letters UP");
        assertThat(ready.json().path("details").path("queue").asText())
                .matches("\\d+ queued, \\d+ running");
        assertThat(ready.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void eachRouteIsDescribed() {
        var described = client.get("/api/v1/openapi.json").json();
        var routes =
                new HeadraceApi(
                                server.services,
                                new WebSessions(server.services.accounts()),
                                WebSettings.DEFAULT)
                        .routes();

        assertThat(described.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(routes)
                .isNotEmpty()
                .allSatisfy(route -> {
                    var operation =
                            described
                                    .path("paths")
                                    .path(route.path())
                                    .path(route.verb().toLowerCase(java.util.Locale.ROOT));
                    assertThat(operation.path("summary").asText())
                            .as(route.toString())
                            .isNotEmpty();
                    assertThat(operation.path("responses").size()).isGreaterThan(1);
                });
        assertThat(described.toString()).contains("#/components/schemas/RunView");
        for (var reference : described.findValuesAsText("$ref")) {
            assertThat(described.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }

    @Test
    void bodiesAreReadStrictly() {
        assertThat(client.post("/api/v1/projects", "{\"nmae\": \"x\"}").detail())
                .isEqualTo(
                        "The field 'nmae' is not known here; did you mean 'name'? known are: name, pipelineFile, source");
        assertThat(client.post("/api/v1/projects", "{\"name\": ").detail())
                .startsWith("The body is not JSON: Unexpected end-of-input");
        assertThat(client.post("/api/v1/projects", "").detail())
                .isEqualTo("The request has no body; send JSON");
        assertThat(client.post("/api/v1/projects", "{} {}").status()).isEqualTo(400);
        assertThat(client.post("/api/v1/projects", "{\"name\": \"a\", \"name\": \"b\"}").status())
                .isEqualTo(400);
    }

    @Test
    void whatIsOfTheWrongKindIsToldTheRightOne() {
        assertThat(client.post("/api/v1/projects", "{\"name\": {}}").detail())
                .startsWith("'name' has to be a text (line 1, column ");
        assertThat(client.post("/api/v1/projects", "{\"source\": \"/srv/shop.git\"}").detail())
                .startsWith(
                        "'source' has to be an object, such as {\"type\": \"…\", \"url\": \"…\", \"branch\": \"…\"} (line 1, column ");
        assertThat(client.post("/api/v1/projects", "[]").detail())
                .startsWith(
                        "The body has to be an object, such as {\"name\": \"…\", \"source\": {\"type\": ");
        assertThat(client.post("/api/v1/plan", "{\"changed\": \"a\"}").detail())
                .startsWith("'changed' has to be a list, such as [\"…\", \"…\"]");
        assertThat(client.post("/api/v1/plan", "{\"parameters\": []}").detail())
                .startsWith("'parameters' has to be an object, such as {\"NAME\": \"…\"}");
    }

    @Test
    void listsAndMapsHoldNoNulls() {
        var plan = "{\"text\": \"name: x\", %s}";

        var parameter =
                client.post("/api/v1/plan", plan.formatted("\"parameters\": {\"a\": null}"));
        var path = client.post("/api/v1/plan", plan.formatted("\"changed\": [null]"));

        assertThat(parameter.status()).isEqualTo(400);
        assertThat(parameter.detail())
                .startsWith("'parameters.a' can't be null; leave it out (line 1, column ");
        assertThat(path.status()).isEqualTo(400);
        assertThat(path.detail()).startsWith("'changed.0' can't be null; leave it out");
    }

    @Test
    void bodiesHaveALimit() {
        var large = "{\"name\": \"" + "x".repeat(2 << 20) + "\"}";

        var answer = client.post("/api/v1/projects", large);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.detail())
                .isEqualTo("The request's body is larger than the 1024 KiB that are taken here");
    }

    @Test
    void anotherMediaTypeIsAProblem() {
        var answer =
                client.send(
                        client.request("/api/v1/projects")
                                .header("Content-Type", "text/xml")
                                .POST(HttpRequest.BodyPublishers.ofString("<project/>")));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void aRequestKeepsTheIdThatItsCallerGave() {
        assertThat(
                        client.get("/api/v1/me", "X-Correlation-ID", "build-17")
                                .header("X-Correlation-ID"))
                .isEqualTo("build-17");
        assertThat(client.get("/api/v1/me", "X-Correlation-ID", "<b>").header("X-Correlation-ID"))
                .hasSize(36);
    }

    @Test
    void answersAreForTheirReaderOnly() {
        var answer = client.get("/api/v1/me");

        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aPipelineFileIsChecked() {
        var json = client.post("/api/v1/lint", "{\"text\": \"name: x\\njobs: {}\\n\"}").json();
        assertThat(json.path("valid").asBoolean()).isFalse();
        assertThat(json.path("problems")).isNotEmpty();
        assertThat(json.has("plan")).isFalse();

        var good = lint("?branch=dev", PipelineTexts.TWO_JOBS);
        assertThat(good.json().path("valid").asBoolean()).isTrue();
        assertThat(good.json().path("plan").path("levels")).hasSize(2);
    }

    @Test
    void aPipelineFileIsCheckedForATagToo() {
        var file =
                "name: x\njobs:\n  build: {env: {OF: '${HEADRACE_TAG}'}, steps: [{name: s, run: s}]}\n";
        var body = "{\"text\": %s, \"tag\": \"v1\"}".formatted(Json.text(file));

        var asJson = client.post("/api/v1/lint", body).json().path("plan").path("hash");
        var asItIs = lint("?tag=v1", file).json().path("plan").path("hash");
        var ofBranch = lint("", file).json().path("plan").path("hash");

        assertThat(asJson.asText()).isNotEmpty();
        assertThat(asItIs).isEqualTo(asJson).isNotEqualTo(ofBranch);
    }

    private Client.Answer lint(String query, String file) {
        return client.send(
                client.request("/api/v1/lint" + query)
                        .header("Content-Type", "application/yaml")
                        .POST(HttpRequest.BodyPublishers.ofString(file)));
    }

    @Test
    void theQueueSaysWhyJobsWait() {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var run = site.run(client);

        var items = client.get("/api/v1/queue?limit=1000").json().path("items");

        assertThat(items.findValuesAsText("run")).contains(run);
        assertThat(items.findValuesAsText("reason"))
                .contains(
                        "no worker serves the pool 'default'; add one, or change the job's 'pool'");
        assertThat(client.get("/api/v1/workers").json().path("items")).isEmpty();
        client.post("/api/v1/runs/" + run + "/cancel", "{}");
    }

    @Test
    void theQueueSaysHowManyWaitBeyondThoseItLists() {
        var site = new Site(server, PipelineTexts.TWO_JOBS);
        var first = site.run(client);
        var second = site.run(client);

        var queue = client.get("/api/v1/queue?limit=1").json();

        assertThat(queue.path("items")).hasSize(1);
        assertThat(queue.path("total").asInt())
                .isGreaterThanOrEqualTo(2)
                .isEqualTo(client.get("/api/v1/queue/stats").json().path("pending").asInt());
        client.post("/api/v1/runs/" + first + "/cancel", "{}");
        client.post("/api/v1/runs/" + second + "/cancel", "{}");
    }

    @Test
    void aCorruptPluginIsRefused() {
        var answer =
                client.send(
                        client.request("/api/v1/plugins")
                                .header("Content-Type", "application/zip")
                                .POST(HttpRequest.BodyPublishers.ofString("not a zip")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isNotEmpty();
        assertThat(client.get("/api/v1/plugins").json().path("items")).isEmpty();
        assertThat(client.get("/api/v1/plugins/nothing").detail())
                .isEqualTo("There is no plugin 'nothing'");
        assertThat(client.post("/api/v1/plugins/nothing/enable", "{}").status()).isEqualTo(404);
        assertThat(client.delete("/api/v1/plugins/nothing").status()).isEqualTo(404);
    }
}
