package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.run.Status;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class BadgeTest {

    private final TestServer server;
    private final Client anybody;
    private final Client developer;

    BadgeTest(TestServer server) {
        this.server = server;
        this.anybody = server.client();
        this.developer = server.as("developer");
    }

    @Test
    void aBadgeShowsTheNewestFinishedRun() {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var path = "/badge/" + site.project + ".svg";
        site.end(site.claim(site.run(developer), "build"), Status.SUCCEEDED);
        site.run(developer);

        var badge = anybody.get(path);

        assertThat(badge.status()).isEqualTo(200);
        assertThat(badge.header("Content-Type")).startsWith("image/svg+xml");
        assertThat(badge.body()).contains(">passing</text>", "#4CAF50", site.project);
        assertThat(badge.header("Cache-Control")).isEqualTo("public, max-age=3600");
        assertThat(badge.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(anybody.get(path, "If-None-Match", badge.header("ETag")).status())
                .isEqualTo(304);

        var live = anybody.get(path + "?live=true");
        assertThat(live.body()).contains(">pending</text>");
        assertThat(live.header("Cache-Control")).isEqualTo("public, max-age=60");
        assertThat(anybody.get(path + "?branch=other").body()).contains(">unknown</text>");
    }

    @Test
    void eachStateHasItsWordAndColour() {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        var path = "/badge/" + site.project + ".svg";

        site.end(site.claim(site.run(developer), "build"), Status.FAILED);
        assertThat(anybody.get(path).body()).contains(">failing</text>", "#F44336", "tests failed");

        developer.post("/api/v1/runs/" + site.run(developer) + "/cancel", "{}");
        assertThat(anybody.get(path).body()).contains(">cancelled</text>", "#9E9E9E");
    }

    @Test
    void aProjectThatIsNotThereLooksLikeOneThatHasNotRun() {
        var site = new Site(server, PipelineTexts.ONE_JOB);

        var unknown = anybody.get("/badge/nobody-knows.svg");
        var fresh = anybody.get("/badge/" + site.project + ".svg");

        assertThat(unknown.status()).isEqualTo(fresh.status()).isEqualTo(200);
        assertThat(unknown.body()).contains(">unknown</text>");
        assertThat(unknown.header("Cache-Control")).isEqualTo(fresh.header("Cache-Control"));
    }

    @Test
    void aNameIsNeverMarkup() {
        var badge = anybody.get("/badge/%3Cscript%3Ealert(1).svg?branch=%22%26");

        assertThat(badge.body())
                .doesNotContain("<script")
                .contains("&lt;script&gt;", "&quot;&amp;");
    }

    @Test
    void otherSitesMayAsk() {
        var answer =
                anybody.send(
                        anybody.request("/badge/x.svg")
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    }
}
