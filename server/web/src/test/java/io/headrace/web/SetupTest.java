package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {

    private @TempDir Path home;

    @Test
    void onlyTheServersOwnMachineIsServedUntilThereIsAnAdministrator() throws Exception {
        var settings = new WebSettings(true, true, Duration.ofHours(1));
        try (var server = TestServer.pending(home, settings)) {
            var token = Files.readString(home.resolve("secrets/initial-admin.token")).strip();
            var key = Files.readString(home.resolve("secrets/setup.key")).strip();
            var client = server.client();
            var stranger = new String[] {"X-Forwarded-For", "127.0.0.1, 203.0.113.9"};

            assertThat(client.withToken(token).get("/api/v1/me").status()).isEqualTo(200);
            var refused = client.withToken(token).get("/api/v1/me", stranger);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
            assertThat(refused.detail())
                    .isEqualTo(
                            "Headrace has no administrator yet, and answers to its own machine only until it has: open the link that it printed when it started, on that machine");
            assertThat(client.get("/anything", stranger).status()).isEqualTo(403);
            assertThat(client.get("/health/live", stranger).status()).isEqualTo(200);

            var body =
                    "{\"key\": \"%s\", \"name\": \"ada\", \"password\": \"four words make one\"}";
            assertThat(client.post("/api/v1/setup", body.formatted("wrong")).status())
                    .isEqualTo(403);
            var done = client.post("/api/v1/setup", body.formatted(key));
            assertThat(done.json().path("name").asText()).isEqualTo("ada");
            assertThat(client.post("/api/v1/setup", body.formatted(key)).status()).isEqualTo(409);

            var admitted = client.withToken(token).get("/api/v1/me", stranger);
            assertThat(admitted.status()).isEqualTo(200);
            assertThat(admitted.json().path("name").asText()).isEqualTo("ada");
        }
    }

    @Test
    void whoComesThroughAProxyIsNotOnThisMachine() throws Exception {
        try (var server = TestServer.pending(home, WebSettings.DEFAULT)) {
            assertThat(server.client().get("/api/v1/me").status()).isEqualTo(401);
            assertThat(server.client().get("/api/v1/me", "X-Forwarded-For", "127.0.0.1").status())
                    .isEqualTo(403);
        }
    }
}
