package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.run.Status;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class RunsTest {

    private final TestServer server;
    private final Client client;

    RunsTest(TestServer server) {
        this.server = server;
        this.client = server.as("developer");
    }

    @Test
    void aRunSaysWhatStartedItAndAJobWhereItRuns() {
        var site = new Site(server, PipelineTexts.PLACED);
        var run = site.run(client, "{\"parameters\": {\"level\": \"full\"}}");

        var shown = client.get("/api/v1/runs/" + run).json();
        var listed =
                client.get("/api/v1/runs?project=" + site.project).json().path("items").path(0);
        var job = shown.path("jobs").path(0);

        assertThat(shown.path("event").asText()).isEqualTo("api");
        assertThat(shown.path("parameters").path("level").asText()).isEqualTo("full");
        assertThat(listed.path("event").asText()).isEqualTo("api");
        assertThat(listed.has("parameters")).isFalse();
        assertThat(job.path("image").asText()).isEqualTo("maven:4");
        assertThat(job.path("executor").asText()).isEqualTo("docker");
        assertThat(job.path("pool").asText()).isEqualTo("large");
        assertThat(job.path("labels").toString()).isEqualTo("[\"gpu\"]");
        assertThat(job.path("priority").asInt()).isEqualTo(70);
        assertThat(job.path("timeout").asInt()).isEqualTo(120);
        assertThat(job.path("condition").asText()).isEqualTo("event != \"tag\"");
        assertThat(job.path("explanation").asText())
                .isEqualTo("event != \"tag\" with event = \"api\"");
        assertThat(shown.path("jobs").path(1).path("executor").asText()).isEqualTo("process");
        assertThat(shown.path("jobs").path(1).has("condition")).isFalse();
    }

    @Test
    void aRunIsStartedAndShownWithAllThatIsInIt() {
        var site = new Site(server, PipelineTexts.TWO_JOBS);

        var created =
                client.post(
                        "/api/v1/projects/" + site.project + "/runs",
                        "{\"ref\": \"main\", \"parameters\": {}}");

        assertThat(created.status()).isEqualTo(201);
        var id = created.json().path("id").asText();
        assertThat(created.header("Location")).isEqualTo("/api/v1/runs/" + id);
        assertThat(created.json().path("project").asText()).isEqualTo(site.project);
        assertThat(created.json().path("number").asInt()).isEqualTo(1);
        assertThat(created.json().path("triggeredBy").asText()).isEqualTo("developer");

        var claim = site.claim(id, "build");
        site.runs().stepStarted(claim, 0, "compile").toCompletableFuture().join();
        var run = client.get("/api/v1/runs/" + id).json();
        assertThat(run.path("status").asText()).isEqualTo("RUNNING");
        assertThat(run.path("commit").asText()).isEqualTo(FixedSources.COMMIT);
        assertThat(run.path("ref").asText()).isEqualTo("refs/heads/main");
        assertThat(run.path("message").asText()).isEqualTo("Add a feature");
        assertThat(run.has("finishedAt")).isFalse();
        var job = run.path("jobs").path(0);
        assertThat(job.path("baseName").asText()).isEqualTo("build");
        var attempt = job.path("attempts").path(0);
        assertThat(attempt.path("id").asText()).isEqualTo(claim.attempt().toString());
        assertThat(attempt.path("status").asText()).isEqualTo("RUNNING");
        assertThat(attempt.path("steps").path(0).path("name").asText()).isEqualTo("compile");
        assertThat(run.path("jobs").path(1).path("needs").path(0).asText()).isEqualTo("build");
        assertThat(run.path("jobs").path(1).path("status").asText()).isEqualTo("PENDING");
        site.end(claim, Status.FAILED);
    }

    @Test
    void aRunSaysHowManyJobsAreInEachStateAndWhenItIsExpectedToBeOver() {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var first = site.run(client);
        var running = site.claim(first, "build");

        var shown = client.get("/api/v1/runs/" + first).json();
        assertThat(shown.path("counts").path("RUNNING").asInt()).isEqualTo(1);
        assertThat(shown.path("counts")).hasSize(1);
        assertThat(shown.has("expectedAt")).as("no earlier run shows how long it takes").isFalse();
        site.end(running, Status.SUCCEEDED);

        var second = site.run(client);
        shown = client.get("/api/v1/runs/" + second).json();
        assertThat(shown.path("counts").path("QUEUED").asInt()).isEqualTo(1);
        assertThat(Instant.parse(shown.path("expectedAt").asText()))
                .isAfterOrEqualTo(Instant.parse(shown.path("createdAt").asText()));
        site.end(site.claim(second, "build"), Status.SUCCEEDED);
        shown = client.get("/api/v1/runs/" + second).json();
        assertThat(shown.path("counts").path("SUCCEEDED").asInt()).isEqualTo(1);
        assertThat(shown.has("expectedAt")).isFalse();
        assertThat(client.get("/api/v1/runs?limit=1").json().at("/items/0").has("counts"))
                .isFalse();
    }

    @Test
    void aRunIsFoundByItsNumberToo() {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var id = site.run(client);

        assertThat(
                        client.get("/api/v1/projects/%s/runs/1".formatted(site.project))
                                .json()
                                .path("id")
                                .asText())
                .isEqualTo(id);
        assertThat(client.get("/api/v1/projects/%s/runs/2".formatted(site.project)).detail())
                .isEqualTo(
                        "Project '%s' has no run #2; see the list of its runs (headrace runs --project %s)"
                                .formatted(site.project, site.project));
    }

    @Test
    void theSameIdempotencyKeyGetsTheSameRun() {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var path = "/api/v1/projects/" + site.project + "/runs";

        var first = client.post(path, "{}", "Idempotency-Key", "delivery-1");
        var second = client.post(path, "{}", "Idempotency-Key", "delivery-1");
        var third = client.post(path, "{}", "Idempotency-Key", "delivery-2");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(third.json().path("number").asInt()).isEqualTo(2);
    }

    @Test
    void aRunWhosePipelineIsWrongShowsEachProblem() {
        var site = new Site(server, "name: x\njobs:\n  build:\n    stepz: []\n");

        var id = site.run(client);

        var run = client.get("/api/v1/runs/" + id).json();
        assertThat(run.path("status").asText()).isEqualTo("ERRORED");
        assertThat(run.path("problems").findValuesAsText("line")).contains("4");
        assertThat(run.path("problems").toString()).contains("stepz");
        var plan = client.get("/api/v1/runs/" + id + "/plan");
        assertThat(plan.status()).isEqualTo(404);
        assertThat(plan.detail()).startsWith("Run #1 has no plan: ");
    }

    @Test
    void aRefThatIsNotThereIsTheRunsReason() {
        var site = new Site(server, PipelineTexts.ONE_JOB);

        var run =
                client.post("/api/v1/projects/" + site.project + "/runs", "{\"ref\": \"nowhere\"}");

        assertThat(run.status()).isEqualTo(201);
        assertThat(run.json().path("status").asText()).isEqualTo("ERRORED");
        assertThat(run.json().path("reason").asText()).startsWith("There is no 'nowhere' in");
    }

    @Test
    void runsAreListedNewestFirstInPages() {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        for (var i = 0; i < 5; i++) {
            site.run(client);
        }

        var first = client.get("/api/v1/runs?project=%s&limit=2".formatted(site.project)).json();
        var next = first.path("next").asText();
        var second =
                client.get("/api/v1/runs?project=%s&limit=2&after=%s".formatted(site.project, next))
                        .json();
        var third =
                client.get(
                                "/api/v1/runs?project=%s&limit=2&after=%s"
                                        .formatted(site.project, second.path("next").asText()))
                        .json();

        assertThat(first.path("items").findValuesAsText("number")).containsExactly("5", "4");
        assertThat(second.path("items").findValuesAsText("number")).containsExactly("3", "2");
        assertThat(third.path("items").findValuesAsText("number")).containsExactly("1");
        assertThat(third.has("next")).isFalse();
        assertThat(first.path("items").path(0).has("jobs")).isFalse();
    }

    @Test
    void runsAreListedByStatusAndBranchWithAliases() {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var good = site.run(client);
        site.end(site.claim(good, "build"), Status.SUCCEEDED);
        site.run(client);

        assertThat(ids("project=%s&status=success".formatted(site.project))).containsExactly(good);
        assertThat(ids("project=%s&status=SUCCEEDED&branch=main".formatted(site.project)))
                .containsExactly(good);
        assertThat(ids("project=%s&branch=other".formatted(site.project))).isEmpty();
    }

    private java.util.List<String> ids(String query) {
        return client.get("/api/v1/runs?" + query).json().path("items").findValuesAsText("id");
    }

    @Test
    void whatIsMistypedIsRefusedWithWhatWouldBeRight() {
        assertThat(client.get("/api/v1/runs?status=great").detail())
                .startsWith("'status': 'great' is not a status; use one of [pending, queued,");
        assertThat(client.get("/api/v1/runs?limit=0").detail())
                .isEqualTo("'limit' is '0'; use a whole number from 1 to 1000");
        assertThat(client.get("/api/v1/runs?brnach=main").detail())
                .isEqualTo(
                        "The query parameter 'brnach' is not known here; did you mean 'branch'? known are: after, branch, limit, project, status");
        assertThat(client.get("/api/v1/runs?offset=50").status()).isEqualTo(400);
        assertThat(client.get("/api/v1/runs?after=nonsense").status()).isEqualTo(400);
    }

    @Test
    void aRunIsCancelled() {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var id = site.run(client);

        var answer = client.post("/api/v1/runs/" + id + "/cancel", "{}");

        assertThat(answer.json().path("success").asBoolean()).isTrue();
        var run = client.get("/api/v1/runs/" + id).json();
        assertThat(run.path("status").asText()).isEqualTo("CANCELLED");
        assertThat(run.path("jobs").path(0).path("reason").asText())
                .isEqualTo("cancelled by developer");
    }

    @Test
    void whatFailedIsRunAgain() {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var id = site.run(client);
        var early = client.post("/api/v1/runs/" + id + "/rerun", "{\"mode\": \"failed\"}");
        assertThat(early.status()).isEqualTo(409);
        site.end(site.claim(id, "build"), Status.FAILED);

        var again = client.post("/api/v1/runs/" + id + "/rerun", "{\"mode\": \"failed\"}");
        var wrong = client.post("/api/v1/runs/" + id + "/rerun", "{\"mode\": \"some\"}");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("rerunOf").asText()).isEqualTo(id);
        var from =
                client.post(
                        "/api/v1/runs/" + id + "/rerun",
                        "{\"mode\": \"from\", \"jobs\": [\"build\"]}");
        var both =
                client.post(
                        "/api/v1/runs/" + id + "/rerun",
                        "{\"mode\": \"all\", \"jobs\": [\"build\"]}");
        var newest = client.post("/api/v1/runs/" + id + "/rerun", "{\"mode\": \"newest\"}");
        assertThat(from.status()).isEqualTo(201);
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.body()).contains("'jobs' goes with \\\"mode\\\": \\\"from\\\" only");
        assertThat(newest.status()).isEqualTo(201);
        assertThat(newest.json().path("rerunOf").asText()).isEqualTo(id);
        assertThat(wrong.detail())
                .isEqualTo("'mode' is 'some'; use one of [all, failed, from, newest]");
    }

    @Test
    void aPlanIsAGraphWithStates() {
        var site = new Site(server, PipelineTexts.TWO_JOBS);
        var id = site.run(client);

        var plan = client.get("/api/v1/runs/" + id + "/plan").json();

        assertThat(plan.path("nodes").findValuesAsText("id")).containsExactly("build", "deploy");
        assertThat(plan.path("nodes").path(0).path("status").asText()).isEqualTo("QUEUED");
        assertThat(plan.path("edges").toString())
                .isEqualTo(
                        "[{\"source\":\"build\",\"target\":\"deploy\",\"type\":\"depends_on\"}]");
        assertThat(plan.path("levels").toString()).isEqualTo("[[\"build\"],[\"deploy\"]]");
    }

    @Test
    void theDocumentsFamiliesLeadToTheSameRuns() throws IOException {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var id =
                client.post("/v1/runs", "{\"project\": \"%s\"}".formatted(site.project))
                        .json()
                        .path("id")
                        .asText();

        assertThat(client.get("/api/runs/" + id).json())
                .isEqualTo(client.get("/api/v1/runs/" + id).json());
        assertThat(client.get("/v1/runs/" + id).status()).isEqualTo(200);
        assertThat(client.get("/api/runs?limit=1").json().path("items")).hasSize(1);
        assertThat(client.get("/api/runs/" + id + "/dag").json().path("nodes")).hasSize(1);
        assertThat(client.get("/v1/jobs/" + id).json().path("items")).hasSize(1);
        assertThat(client.get("/queue/stats").json().path("pending").asInt()).isPositive();
        assertThat(client.delete("/v1/runs/" + id).json().path("success").asBoolean()).isTrue();
        assertThat(client.get("/v1/runs/" + id).json().path("status").asText())
                .isEqualTo("CANCELLED");
        assertThat(
                        client.post(
                                        "/api/runs/trigger",
                                        "{\"project\": \"%s\"}".formatted(site.project))
                                .status())
                .isEqualTo(201);
    }

    @Test
    void listsAreNotCountedByOffsetsButTheFirstPageOfTheDocumentsIsAnswered() {
        assertThat(client.get("/api/runs?limit=50&offset=0").status()).isEqualTo(200);
        assertThat(client.get("/api/runs?limit=50&offset=50").detail())
                .contains("give the 'next' of one answer as 'after' to the next call");
    }

    @Test
    void theRunsOfOneProjectAreListedBelowIt() throws IOException {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        client.post("/api/v1/projects/%s/runs".formatted(site.project), "{}");

        var runs = client.get("/api/v1/projects/%s/runs".formatted(site.project)).json();

        assertThat(runs.path("items")).hasSize(1);
        assertThat(runs.path("items").get(0).path("project").asText()).isEqualTo(site.project);
        assertThat(client.get("/api/v1/projects/nosuch/runs").status()).isEqualTo(404);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(client.get("/api/v1/runs/0000000000000").detail())
                .isEqualTo("There is no run 0000000000000; it may have been deleted");
        assertThat(client.get("/api/v1/runs/nonsense").detail())
                .isEqualTo("There is no run 'nonsense'");
        assertThat(client.get("/api/v1/nonsense").detail())
                .isEqualTo("There is nothing at /api/v1/nonsense");
        var method = client.delete("/api/v1/queue");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).contains("GET");
    }
}
