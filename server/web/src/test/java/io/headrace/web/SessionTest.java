package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class SessionTest {

    private static final String CSRF = "X-Headrace-CSRF";
    private static final String PROJECT =
            "{\"name\": \"by-browser\", \"source\": {\"url\": \"https://example.org/x.git\"}}";

    private final TestServer server;
    private final Client client;

    SessionTest(TestServer server) {
        this.server = server;
        this.client = server.client();
    }

    private Client.Answer login(String... headers) {
        var body = "{\"name\": \"root\", \"password\": \"%s\"}".formatted(TestServer.PASSWORD);
        return client.post("/api/v1/session", body, headers);
    }

    private static String cookie(Client.Answer answer) {
        return answer.header("Set-Cookie").split(";", 2)[0];
    }

    @Test
    void aBrowserLogsInWorksAndLogsOut() {
        var login = login();
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.header("Set-Cookie"))
                .startsWith("HEADRACE_SESSION=")
                .contains("HttpOnly")
                .contains("SameSite=Lax");
        var cookie = cookie(login);
        var csrf = login.json().path("csrf").asText();

        var me = client.get("/api/v1/me", "Cookie", cookie).json();
        assertThat(me.path("name").asText()).isEqualTo("root");
        assertThat(me.path("kind").asText()).isEqualTo("SESSION");
        assertThat(me.path("csrf").asText()).isEqualTo(csrf);
        assertThat(me.path("permissions")).hasSize(4);

        assertThat(client.post("/api/v1/projects", PROJECT, "Cookie", cookie, CSRF, csrf).status())
                .isEqualTo(201);
        assertThat(
                        client.delete("/api/v1/projects/by-browser", "Cookie", cookie, CSRF, csrf)
                                .status())
                .isEqualTo(204);

        assertThat(client.delete("/api/v1/session", "Cookie", cookie, CSRF, csrf).status())
                .isEqualTo(204);
        assertThat(client.get("/api/v1/me", "Cookie", cookie).status()).isEqualTo(401);
    }

    @Test
    void anotherSiteCanNotUseTheSession() {
        var login = login();
        var cookie = cookie(login);
        var csrf = login.json().path("csrf").asText();

        var attacks =
                List.of(
                        List.of("Cookie", cookie),
                        List.of("Cookie", cookie, CSRF, "0000"),
                        List.of("Cookie", cookie, CSRF, csrf, "Sec-Fetch-Site", "cross-site"),
                        List.of("Cookie", cookie, CSRF, csrf, "Sec-Fetch-Site", "same-site"),
                        List.of("Cookie", cookie, CSRF, csrf, "Origin", "https://evil.example"),
                        List.of("Cookie", cookie, CSRF, csrf, "Origin", "null"));

        assertThat(attacks)
                .allSatisfy(headers -> {
                    var answer =
                            client.post(
                                    "/api/v1/projects", PROJECT, headers.toArray(String[]::new));
                    assertThat(answer.status()).isEqualTo(403);
                    assertThat(answer.detail()).contains(CSRF);
                });
        assertThat(
                        client.post(
                                        "/api/v1/projects",
                                        "{}",
                                        "Cookie",
                                        cookie,
                                        CSRF,
                                        csrf,
                                        "Sec-Fetch-Site",
                                        "same-origin",
                                        "Origin",
                                        client.url())
                                .detail())
                .isEqualTo("The field 'name' is missing");
    }

    @Test
    void anotherSiteCanNotLogABrowserIn() {
        var answer = login("Origin", "https://evil.example");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void theSessionGetsANewIdAtLogin() {
        var first = login();
        var again = login("Cookie", cookie(first));

        assertThat(cookie(again)).startsWith("HEADRACE_SESSION=").isNotEqualTo(cookie(first));
        assertThat(client.get("/api/v1/me", "Cookie", cookie(first)).status()).isEqualTo(401);
        assertThat(client.get("/api/v1/me", "Cookie", cookie(again)).status()).isEqualTo(200);
    }

    @Test
    void aNewPasswordEndsOtherSessions() {
        var admin = server.as("root");
        admin.post(
                "/api/v1/accounts",
                "{\"name\": \"bob\", \"password\": \"some other words\", \"role\": \"VIEWER\"}");
        var body = "{\"name\": \"bob\", \"password\": \"some other words\"}";
        var here = client.post("/api/v1/session", body);
        var there = client.post("/api/v1/session", body);

        var changed =
                client.put(
                        "/api/v1/me/password",
                        "{\"oldPassword\": \"some other words\", \"password\": \"quite new words\"}",
                        "Cookie",
                        cookie(here),
                        CSRF,
                        here.json().path("csrf").asText());

        assertThat(changed.status()).isEqualTo(204);
        assertThat(client.get("/api/v1/me", "Cookie", cookie(changed)).status()).isEqualTo(200);
        assertThat(client.get("/api/v1/me", "Cookie", cookie(there)).status()).isEqualTo(401);
        assertThat(client.post("/api/v1/session", body).detail())
                .isEqualTo("The name or the password is wrong; try again");
        assertThat(admin.delete("/api/v1/accounts/bob").status()).isEqualTo(204);
    }

    @Test
    void accountsAndTokensAreKeptByAdministrators() {
        var admin = server.as("root");
        var created = admin.post("/api/v1/accounts", "{\"name\": \"robot\", \"role\": \"VIEWER\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/accounts/robot");
        assertThat(created.body()).doesNotContain("passwordHash");

        var robot = server.as("robot");
        var token =
                robot.post(
                        "/api/v1/tokens",
                        "{\"name\": \"ci\", \"expiresAt\": \"2999-01-01T00:00:00Z\"}");
        assertThat(token.status()).isEqualTo(201);
        assertThat(token.json().path("token").asText()).startsWith("hrt_");
        var listed = robot.get("/api/v1/tokens").json().path("items");
        assertThat(listed).hasSize(2);
        assertThat(listed.toString()).doesNotContain("\"token\"").doesNotContain("hash");

        var id = token.json().path("id").asText();
        assertThat(robot.delete("/api/v1/tokens/" + id).status()).isEqualTo(204);
        assertThat(admin.get("/api/v1/accounts/robot/tokens").json().path("items")).hasSize(1);

        var locked = admin.put("/api/v1/accounts/robot", "{\"enabled\": false}");
        assertThat(locked.json().path("enabled").asBoolean()).isFalse();
        assertThat(robot.get("/api/v1/me").status()).isEqualTo(401);
        var wrong = admin.put("/api/v1/accounts/robot", "{\"role\": \"KING\"}");
        assertThat(wrong.detail())
                .startsWith(
                        "'role' can't be 'KING'; use one of [VIEWER, DEVELOPER, MAINTAINER, ADMINISTRATOR]");
        var last = admin.delete("/api/v1/accounts/root");
        assertThat(last.status()).isEqualTo(409);
        assertThat(admin.delete("/api/v1/accounts/robot").status()).isEqualTo(204);
    }
}
