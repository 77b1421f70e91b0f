package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecureCookieTest {

    private static final WebSettings BEHIND_A_PROXY =
            new WebSettings(true, true, Duration.ofHours(1));

    private @TempDir Path home;

    private static String cookie(Client client, String... headers) {
        var body = "{\"name\": \"root\", \"password\": \"%s\"}".formatted(TestServer.PASSWORD);
        var answer = client.post("/api/v1/session", body, headers);
        assertThat(answer.status()).isEqualTo(200);
        var cookies = answer.response().headers().allValues("Set-Cookie");
        assertThat(cookies).isNotEmpty();
        return cookies.getLast();
    }

    private static void assertSecureBehindTlsOnly(Client client) {
        var behindTls = cookie(client, "X-Forwarded-Proto", "https");
        assertThat(behindTls)
                .startsWith("HEADRACE_SESSION=")
                .contains("HttpOnly")
                .contains("SameSite=Lax")
                .containsOnlyOnce("; Secure");
        assertThat(cookie(client, "X-Forwarded-Proto", "http")).doesNotContain("Secure");
        assertThat(cookie(client)).doesNotContain("Secure");

        var me = client.get("/api/v1/me", "Cookie", behindTls.split(";", 2)[0]);
        assertThat(me.json().path("name").asText()).isEqualTo("root");
    }

    @Test
    void theSessionOfABrowserThatTalksTlsToAProxyIsForTlsOnly() throws Exception {
        try (var server = TestServer.start(home, BEHIND_A_PROXY)) {
            assertSecureBehindTlsOnly(server.client());
        }
    }

    @Test
    void soItIsInTomcat() throws Exception {
        try (var server = TestServer.inTomcat(home, BEHIND_A_PROXY)) {
            assertSecureBehindTlsOnly(server.client().below("/ci"));
        }
    }

    @Test
    void aHeaderThatNobodyTrustsChangesNothing() throws Exception {
        try (var server = TestServer.start(home, WebSettings.DEFAULT)) {
            assertThat(cookie(server.client(), "X-Forwarded-Proto", "https"))
                    .doesNotContain("Secure");
        }
    }
}
