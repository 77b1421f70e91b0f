package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.headrace.engine.retry.Failure;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Status;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class DeadLettersTest {

    private static final String PATH = "/api/v1/dead-letters";

    private final Client client;
    private final Client viewer;
    private final Site site;

    DeadLettersTest(TestServer server) {
        this.client = server.as("developer");
        this.viewer = server.as("viewer");
        this.site = new Site(server, PipelineTexts.TWO_JOBS);
    }

    /** Lets the first job of a new run die; returns the run. */
    private String dead(String reason) throws IOException {
        var run = site.run(client);
        var claim = site.claim(run, "build");
        try (var log = site.log(claim)) {
            Site.print(log, 0, "compiling", "no space left");
        }
        site.runs().finish(claim, RunStore.Ending.errored(reason, Failure.CONFIGURATION));
        return run;
    }

    private JsonNode letters() {
        return viewer.get(PATH + "?project=" + site.project).json().path("items");
    }

    @Test
    void aDeadJobIsListedWithWhatToDo() throws IOException {
        var run = dead("no such image alpine:3");

        var letter = letters().path(0);

        assertThat(letter.path("run").asText()).isEqualTo(run);
        assertThat(letter.path("job").asText()).isEqualTo("build");
        assertThat(letter.path("reason").asText()).isEqualTo("no such image alpine:3");
        assertThat(letter.at("/failure/kind").asText()).isEqualTo("CONFIGURATION");
        assertThat(letter.at("/failure/retryClass").asText()).isEqualTo("CONFIGURATION_ERRORS");
        assertThat(letter.at("/failure/type").asText()).isEqualTo("USER_ERROR");
        assertThat(letter.at("/failure/hint").asText())
                .isEqualTo("Correct what the message names, then run it again");
        assertThat(letter.path("state").asText()).isEqualTo("OPEN");
        var attempt = viewer.get("/api/v1/runs/" + run).json().at("/jobs/0/attempts/0");
        assertThat(attempt.at("/failure/category").asText()).isEqualTo("CONFIGURATION");
    }

    @Test
    void itsSummaryHasTheEndOfItsLogAndCanBeDownloaded() throws IOException {
        dead("no such image");
        var id = letters().path(0).path("id").asText();

        var shown = viewer.get(PATH + "/" + id).json();
        var file = viewer.get(PATH + "/" + id + "/error.json");

        assertThat(shown.at("/letter/id").asText()).isEqualTo(id);
        assertThat(shown.at("/history/0/status").asText()).isEqualTo("ERRORED");
        assertThat(shown.at("/log/1/text").asText()).isEqualTo("no space left");
        assertThat(file.json()).isEqualTo(shown);
        assertThat(file.header("Content-Disposition"))
                .startsWith("attachment; filename=\"error-" + id + ".json\"");
    }

    @Test
    void whatIsOverRunsAgainInANewRunOnceHoweverOftenOneAsks() throws IOException {
        var run = dead("no such image 17");
        var group = letters().path(0).path("group").asText();

        var done =
                client.post(
                        PATH + "/requeue",
                        "{\"group\": \"%s\", \"project\": \"%s\"}".formatted(group, site.project));

        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(done.json().path("done").asInt()).isEqualTo(1);
        var again = done.json().path("runs").path(0).asText();
        assertThat(again).isNotEqualTo(run);
        assertThat(viewer.get("/api/v1/runs/" + again).json().path("rerunOf").asText())
                .isEqualTo(run);
        assertThat(letters()).isEmpty();
        var requeued =
                viewer.get(PATH + "?state=requeued&project=" + site.project).json().at("/items/0");
        assertThat(requeued.path("againIn").asText()).isEqualTo(again);
        assertThat(requeued.path("handledBy").asText()).isEqualTo("developer");
        var twice =
                client.post(
                        PATH + "/requeue",
                        "{\"ids\": [\"%s\"]}".formatted(requeued.path("id").asText()));
        assertThat(twice.json().path("done").asInt()).isZero();
        assertThat(twice.json().at("/left/0").asText())
                .isEqualTo("Job 'build' of %s #1 is not open any more".formatted(site.project));
        site.end(site.claim(again, "build"), Status.CANCELLED);
    }

    @Test
    void someAreDismissed() throws IOException {
        dead("no such image");

        var done = client.post(PATH + "/dismiss", "{\"project\": \"%s\"}".formatted(site.project));

        assertThat(done.json().path("done").asInt()).isEqualTo(1);
        assertThat(letters()).isEmpty();
    }

    @Test
    void nobodyRequeuesAllByLeavingSomethingOut() {
        var answer = client.post(PATH + "/requeue", "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText())
                .isEqualTo("Say which are meant: 'ids', 'group', 'project' or 'all'");
    }

    @Test
    void whoMayOnlyLookRequeuesNothing() {
        assertThat(viewer.post(PATH + "/requeue", "{\"all\": true}").status()).isEqualTo(403);
        assertThat(viewer.post(PATH + "/dismiss", "{\"all\": true}").status()).isEqualTo(403);
    }

    @Test
    void causesAreGrouped() throws IOException {
        dead("cannot find the thing 17");
        dead("cannot find the thing 18");

        var groups = viewer.get(PATH + "/groups").json().path("items");

        assertThat(groups)
                .anySatisfy(group -> {
                    assertThat(group.path("cause").asText()).isEqualTo("cannot find the thing #");
                    assertThat(group.path("jobs").asInt()).isEqualTo(2);
                });
        assertThat(viewer.get(PATH + "/stats").json().path("open").asInt())
                .isGreaterThanOrEqualTo(2);
    }
}
