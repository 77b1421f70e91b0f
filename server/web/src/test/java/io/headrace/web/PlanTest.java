package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class PlanTest {

    private static final String TEXT =
            "name: x\\nenv: {LEVEL: low}\\njobs:\\n  build:\\n    if: branch == 'main'\\n    env: {LEVEL: high}\\n    steps: [{name: make, run: make}]\\n";

    private final TestServer server;
    private final Client viewer;

    PlanTest(TestServer server) {
        this.server = server;
        this.viewer = server.as("viewer");
    }

    @Test
    void aPlanKeepsTheExpressionsWithTheirValues() {
        var answer =
                viewer.post(
                        "/api/v1/plan",
                        "{\"text\": \"%s\", \"event\": \"push\", \"branch\": \"dev\"}"
                                .formatted(TEXT));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var node = answer.json().at("/plan/nodes/0");
        assertThat(node.path("verdict").asText()).isEqualTo("SKIPPED");
        assertThat(node.path("reason").asText())
                .isEqualTo("branch == 'main' with branch = \"dev\"");
        assertThat(answer.json().at("/plan/levels")).hasSize(1);
        assertThat(answer.json().at("/plan/starts").asBoolean()).isTrue();
    }

    @Test
    void aJobIsExplained() {
        var job =
                viewer.post(
                                "/api/v1/explain",
                                "{\"text\": \"%s\", \"job\": \"build\"}".formatted(TEXT))
                        .json()
                        .path("job");

        assertThat(job.at("/decision/sentence").asText()).contains("branch = \"main\" is true");
        assertThat(job.at("/variables/0/value").asText()).isEqualTo("high");
        assertThat(job.at("/variables/0/origin/line").asInt()).isEqualTo(6);
        assertThat(job.at("/variables/0/overrides/0/value").asText()).isEqualTo("low");
    }

    @Test
    void whatIsWrongIsToldInsteadOfAPlan() {
        var wrong = viewer.post("/api/v1/plan", "{\"text\": \"name: x\\njobs: {}\\n\"}").json();
        assertThat(wrong.path("valid").asBoolean()).isFalse();
        assertThat(wrong.path("problems")).isNotEmpty();
        assertThat(wrong.has("plan")).isFalse();

        var unknown =
                viewer.post(
                        "/api/v1/explain",
                        "{\"text\": \"%s\", \"job\": \"biuld\"}".formatted(TEXT));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().path("detail").asText())
                .isEqualTo("The pipeline has no job 'biuld'; did you mean 'build'?");
    }

    @Test
    void aJobThatNoWorkerCanTakeIsWarnedOfWhoeverAsks() {
        var text = TEXT.replace("    env: {LEVEL: high}", "    labels: [nobody-has-this]");
        var body = "{\"text\": \"%s\", \"job\": \"build\"}".formatted(text);
        var asked = "{\"text\": \"%s\"}".formatted(text);
        var site = new Site(server, text.translateEscapes());
        var run = site.run(server.as("developer"));

        assertThat(
                        List.of(
                                viewer.post("/api/v1/lint", asked).json().path("problems"),
                                viewer.post("/api/v1/plan", asked).json().path("problems"),
                                viewer.post("/api/v1/explain", body).json().path("problems"),
                                viewer.get("/api/v1/runs/" + run).json().path("problems")))
                .allSatisfy(problems -> {
                    assertThat(problems).hasSize(1);
                    var problem = problems.get(0);
                    assertThat(problem.path("code").asText()).isEqualTo("HR1310");
                    assertThat(problem.path("severity").asText()).isEqualTo("WARNING");
                    assertThat(problem.path("message").asText())
                            .isEqualTo(
                                    "no worker has the pool 'default' and the labels nobody-has-this, so the job would wait");
                });
    }

    @Test
    void filesThatAreSentCanBeIncluded() {
        var body =
                """
                {"text": "name: x\\ninclude: more.yml\\n", "job": "build",
                 "files": {"more.yml": "jobs: {build: {steps: [{name: make, run: make}]}}"}}\
                """;

        for (var route : List.of("lint", "plan", "explain")) {
            var sent = route.equals("explain") ? body : body.replace("\"job\": \"build\",", "");
            var answer = viewer.post("/api/v1/" + route, sent);
            assertThat(answer.json().path("valid").asBoolean()).as(answer.body()).isTrue();
        }
        var missing = viewer.post("/api/v1/plan", "{\"text\": \"name: x\\ninclude: more.yml\\n\"}");
        assertThat(missing.json().at("/problems/0/message").asText())
                .isEqualTo(
                        "'more.yml' can't be read: it was not sent with the request; send it under 'files', or name a 'project' whose repository has it");
    }

    @Test
    void whoMayStartRunsCanIncludeFilesOfAProject() {
        var site = new Site(server, "jobs: {build: {steps: [{name: make, run: make}]}}");
        var body =
                "{\"text\": \"name: x\\ninclude: more.yml\\n\", \"project\": \"%s\"}"
                        .formatted(site.project);

        var plan = server.as("developer").post("/api/v1/plan", body);
        assertThat(plan.json().at("/plan/nodes/0/id").asText()).as(plan.body()).isEqualTo("build");
        assertThat(plan.json().at("/plan/nodes/0/impact").asInt(-1)).isZero();
        assertThat(plan.json().at("/plan/measured").asBoolean()).isFalse();
        for (var route : List.of("lint", "plan")) {
            var refused = viewer.post("/api/v1/" + route, body);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.detail())
                    .isEqualTo(
                            "'project' reads a repository, which needs the permission RUN; leave it out");
        }
    }

    @Test
    void nobodyPlansWithoutALogin() {
        assertThat(server.client().post("/api/v1/plan", "{}").status()).isEqualTo(401);
        assertThat(server.client().post("/api/v1/explain", "{}").status()).isEqualTo(401);
    }
}
