package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunStore.Ending;
import io.headrace.engine.run.RunStore.Generated;
import io.headrace.engine.run.Status;
import io.headrace.language.Includes;
import io.headrace.language.PipelineParser;
import io.headrace.language.Planner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What REST shows of a run whose first job generates the rest. */
@ExtendWith(Shared.class)
class GeneratedRunTest {

    private static final String FILE = "name: x\ngenerate: ./generate > \"$HEADRACE_PIPELINE\"\n";

    private final TestServer server;
    private final Client client;

    GeneratedRunTest(TestServer server) {
        this.server = server;
        this.client = server.as("developer");
    }

    /** Ends the job that generates, as the worker does. */
    private static void generate(Site site, Claim claim, String output) {
        var parsed = new PipelineParser().parse("ci.yml", FILE, Includes.NONE, output);
        var pipeline = parsed.pipeline();
        var event = site.runs().event(claim.run()).orElseThrow();
        var plan = pipeline == null ? null : new Planner().plan(pipeline, event).plan();
        site.runs()
                .finish(
                        claim,
                        plan == null
                                ? Ending.of(Status.FAILED, parsed.problems().getFirst().toString())
                                : Ending.of(Status.SUCCEEDED, ""),
                        new Generated(plan, parsed.problems()));
    }

    @Test
    void theRestJoinsWhatIsShownAndFollowed() throws Exception {
        var site = new Site(server, FILE);
        var run = site.run(client);
        assertThat(client.get("/api/v1/runs/" + run).json().path("jobs")).hasSize(1);
        var before = client.get("/api/v1/runs/" + run + "/plan").json();
        assertThat(before.path("generator").asText()).isEqualTo("generate");
        assertThat(before.path("levels")).hasSize(1);

        try (var events = client.events("/api/v1/runs/" + run + "/logs")) {
            assertThat(events.next("job").data().path("key").asText()).isEqualTo("generate");
            var claim = site.claim(run, "generate");
            try (var log = site.log(claim)) {
                Site.print(log, 0, "noise");
            }
            assertThat(events.next("line").data().path("stepName").asText()).isEqualTo("generate");
            generate(
                    site,
                    claim,
                    "jobs: {build: {pool: default, steps: [{name: compile, run: make}]}}");
            var build = site.claim(run, "build");
            try (var log = site.log(build)) {
                Site.print(log, 0, "compiling");
            }
            var line = events.next("line").data();
            assertThat(line.path("job").asText()).isEqualTo("build");
            assertThat(line.path("stepName").asText()).isEqualTo("compile");
            site.end(build, Status.SUCCEEDED);
        }

        var shown = client.get("/api/v1/runs/" + run).json();
        assertThat(shown.path("jobs")).hasSize(2);
        assertThat(shown.at("/jobs/1/key").asText()).isEqualTo("build");
        assertThat(shown.at("/jobs/1/needs/0").asText()).isEqualTo("generate");
        assertThat(shown.at("/jobs/1/pool").asText()).isEqualTo("default");
        var after = client.get("/api/v1/runs/" + run + "/plan").json();
        assertThat(after.has("generator")).isFalse();
        assertThat(after.path("levels")).hasSize(2);
        assertThat(after.at("/edges/0/source").asText()).isEqualTo("generate");
    }

    @Test
    void whatIsWrongWithTheRestIsAmongTheProblemsOfTheRun() {
        var site = new Site(server, FILE);
        var run = site.run(client);

        generate(
                site,
                site.claim(run, "generate"),
                "jobs:\n  build: {imag: x, steps: [{name: compile, run: make}]}");

        var shown = client.get("/api/v1/runs/" + run).json();
        assertThat(shown.path("status").asText()).isEqualTo("FAILED");
        assertThat(shown.path("problems")).hasSize(1);
        var problem = shown.at("/problems/0");
        assertThat(problem.path("file").asText()).isEqualTo("generate:output.yml");
        assertThat(problem.path("line").asInt()).isEqualTo(2);
        assertThat(problem.path("column").asInt()).isEqualTo(11);
        assertThat(problem.path("message").asText()).isEqualTo("unknown key 'imag'");
        assertThat(problem.path("job").asText()).isEqualTo("build");
    }
}
