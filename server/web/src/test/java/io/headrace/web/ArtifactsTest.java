package io.headrace.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.artifact.Artifact;
import io.headrace.engine.artifact.ArtifactId;
import io.headrace.engine.run.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class ArtifactsTest {

    private static final String TEXT = "0123456789";

    private final TestServer server;
    private final Client client;
    private String run = "";
    private String content = "";

    ArtifactsTest(TestServer server) {
        this.server = server;
        this.client = server.as("viewer");
    }

    @BeforeEach
    void anArtifact() throws IOException {
        var site = new Site(server, PipelineTexts.ONE_JOB);
        run = site.run(server.as("developer"));
        var claim = site.claim(run, "build");
        var blob = server.blobs.put(new ByteArrayInputStream(TEXT.getBytes(UTF_8)));
        var id = new ArtifactId(server.stores.ids().next());
        server.stores
                .artifacts()
                .add(
                        List.of(
                                new Artifact(
                                        id,
                                        claim.run(),
                                        claim.job(),
                                        claim.attempt(),
                                        "build",
                                        "pages",
                                        "out/ü\"ber <b>.html",
                                        blob.sha256(),
                                        blob.size(),
                                        "text/html",
                                        false,
                                        true,
                                        Instant.now(),
                                        null,
                                        false)));
        site.end(claim, Status.SUCCEEDED);
        content = "/api/v1/artifacts/" + id + "/content";
    }

    @Test
    void whatHasExpiredIsSaidToBeGone() {
        var all = "/api/v1/runs/" + run + "/artifacts";
        var before = client.get(all).json().path("items").path(0);
        var later = Instant.now().plus(Duration.ofDays(31));
        server.stores.artifacts().expire(later, later, 10);

        var after = client.get(all).json().path("items").path(0);
        var answer = client.get(content);

        assertThat(before.path("expired").asBoolean()).isFalse();
        assertThat(Instant.parse(before.path("expiresAt").asText()))
                .isEqualTo(
                        Instant.parse(before.path("createdAt").asText()).plus(Duration.ofDays(30)));
        assertThat(after.path("expired").asBoolean()).isTrue();
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.json().path("detail").asText())
                .isEqualTo(
                        "'out/ü\"ber <b>.html' of artifact 'pages' has expired, and its content is deleted; run the job again to make it anew");
        assertThat(client.get(all + "/zip").status()).isEqualTo(410);
    }

    @Test
    void artifactsOfARunAreListed() {
        var items = client.get("/api/v1/runs/" + run + "/artifacts").json().path("items");

        assertThat(items).hasSize(1);
        assertThat(items.path(0).path("name").asText()).isEqualTo("pages");
        assertThat(items.path(0).path("job").asText()).isEqualTo("build");
        assertThat(items.path(0).path("size").asInt()).isEqualTo(10);
        assertThat(items.path(0).path("contentType").asText()).isEqualTo("text/html");
    }

    @Test
    void contentIsADownloadThatRunsNothing() {
        var answer = client.get(content);

        assertThat(answer.body()).isEqualTo(TEXT);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.header("Content-Length")).isEqualTo("10");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo(
                        "attachment; filename=\"__ber__b_.html\"; filename*=UTF-8''%C3%BC%22ber%20%3Cb%3E.html");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).contains("sandbox");
        assertThat(answer.header("Repr-Digest"))
                .isEqualTo("sha-256=:hNiYd/DUBB77a/kaFvAkjy/Vc+avBcGflr7bn4gveII=:");
        assertThat(answer.header("Digest"))
                .isEqualTo("sha-256=hNiYd/DUBB77a/kaFvAkjy/Vc+avBcGflr7bn4gveII=");
    }

    @Test
    void aPartIsSentThatIsAskedFor() {
        var middle = client.get(content, "Range", "bytes=2-4");
        assertThat(middle.status()).isEqualTo(206);
        assertThat(middle.body()).isEqualTo("234");
        assertThat(middle.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(client.get(content, "Range", "bytes=7-").body()).isEqualTo("789");
        assertThat(client.get(content, "Range", "bytes=-2").body()).isEqualTo("89");
        assertThat(client.get(content, "Range", "bytes=8-99").body()).isEqualTo("89");

        assertThat(client.get(content, "Range", "bytes=0-1,4-5").body()).isEqualTo(TEXT);
        assertThat(client.get(content, "Range", "lines=1-2").body()).isEqualTo(TEXT);
        var beyond = client.get(content, "Range", "bytes=10-");
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */10");
    }

    @Test
    void whatIsKnownAlreadyIsNotSentAgain() {
        var tag = client.get(content).header("ETag");

        assertThat(client.get(content, "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(client.get(content, "If-Range", tag, "Range", "bytes=0-0").status())
                .isEqualTo(206);
        assertThat(client.get(content, "If-Range", "\"other\"", "Range", "bytes=0-0").status())
                .isEqualTo(200);
        var head = client.send(client.request(content).HEAD());
        assertThat(head.header("Content-Length")).isEqualTo("10");
        assertThat(head.header("ETag")).isEqualTo(tag);
    }

    @Test
    void allOfARunIsAZip() throws Exception {
        var bytes = client.bytes("/api/v1/runs/" + run + "/artifacts/zip");

        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            var entry = zip.getNextEntry();
            assertThat(entry).isNotNull();
            assertThat(new String(zip.readAllBytes(), UTF_8)).isEqualTo(TEXT);
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(client.get("/api/artifacts/nonsense/download").detail())
                .isEqualTo("There is no artifact 'nonsense'");
    }
}
