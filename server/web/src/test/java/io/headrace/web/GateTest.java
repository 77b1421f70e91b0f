package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.access.Permission;
import io.headrace.engine.access.Role;
import io.headrace.web.access.WebSessions;
import io.headrace.web.server.Route;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class GateTest {

    private final TestServer server;
    private final List<Route> routes;

    GateTest(TestServer server) {
        this.server = server;
        this.routes =
                new HeadraceApi(
                                server.services,
                                new WebSessions(server.services.accounts()),
                                WebSettings.DEFAULT)
                        .routes();
    }

    private Stream<Route> closed() {
        return routes.stream().filter(route -> route.needs() != null);
    }

    @Test
    void whatIsPublicIsKnown() {
        assertThat(routes.stream().filter(route -> route.needs() == null))
                .extracting(route -> route.verb() + " " + route.path())
                .containsExactlyInAnyOrder(
                        "GET /health/live",
                        "GET /health/ready",
                        "GET /badge/{project}.svg",
                        "OPTIONS /badge/{project}.svg",
                        "GET /schema/pipeline.json",
                        "OPTIONS /schema/pipeline.json",
                        "POST /api/v1/session",
                        "POST /api/v1/setup");
    }

    @Test
    void nobodyPassesWithoutSayingWhoTheyAre() {
        assertThat(closed())
                .hasSizeGreaterThan(40)
                .allSatisfy(route -> {
                    var answer = call(server.client(), route);
                    assertThat(answer.status()).as(route.toString()).isEqualTo(401);
                    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
                    assertThat(answer.header("Content-Type"))
                            .startsWith("application/problem+json");
                });
    }

    @Test
    void nobodyPassesWithARoleThatIsTooSmall() {
        var viewer = server.as("viewer");
        var developer = server.as("developer");
        var maintainer = server.as("maintainer");

        assertThat(closed().filter(route -> route.needs() != Permission.VIEW))
                .isNotEmpty()
                .allSatisfy(route -> {
                    var client =
                            switch (route.needs()) {
                                case CONFIGURE -> developer;
                                case ADMINISTER -> maintainer;
                                case null, default -> viewer;
                            };
                    var answer = call(client, route);
                    assertThat(answer.status()).as(route.toString()).isEqualTo(403);
                    assertThat(answer.detail())
                            .endsWith("here; that needs the permission " + route.needs());
                });
    }

    @Test
    void aSmallTokenOfAnAdministratorIsSmall() {
        var root = server.services.accounts().get("root");
        var token = server.services.tokens().create(root, "small", Role.VIEWER, null).secret();
        var client = server.client().withToken(token);

        assertThat(client.get("/api/v1/projects").status()).isEqualTo(200);
        assertThat(client.get("/api/v1/accounts").status()).isEqualTo(403);
        var grown = client.post("/api/v1/tokens", "{\"name\": \"x\", \"role\": \"ADMINISTRATOR\"}");
        assertThat(grown.detail())
                .isEqualTo(
                        "'root' is VIEWER, so a token can't be ADMINISTRATOR; take that role or a smaller one");
        var same = client.post("/api/v1/tokens", "{\"name\": \"x\"}");
        assertThat(same.json().path("role").asText()).isEqualTo("VIEWER");
    }

    @Test
    void aRouteThatSaysNothingKeepsTheServerFromStarting() {
        assertThatThrownBy(() -> Route.of(List.of(new Forgotten())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("says neither or both of @Needs and @Public");
    }

    /** A resource whose author forgot something. */
    @Path("forgotten")
    public static final class Forgotten {

        @GET
        public String show() {
            return "secret";
        }
    }

    @Test
    void aWrongTokenIsRefusedAndTooManyAreSlowedDown() throws Exception {
        var home = java.nio.file.Files.createTempDirectory("headrace-web-gate");
        try (var own = TestServer.start(home, WebSettings.DEFAULT)) {
            var good = own.as("viewer");
            var client = own.client().withToken("hrt_nonsense");
            assertThat(client.get("/api/v1/me").status()).isEqualTo(401);
            assertThat(client.get("/api/v1/me").detail()).isEqualTo("The token is not valid");
            for (var i = 0; i < 20; i++) {
                client.get("/api/v1/me");
            }
            var slowed = client.get("/api/v1/me");
            assertThat(slowed.status()).isEqualTo(429);
            assertThat(slowed.header("Retry-After")).isNotEmpty();
            assertThat(good.get("/api/v1/me").status()).isEqualTo(200);
        } finally {
            Shared.delete(home);
        }
    }

    private static Client.Answer call(Client client, Route route) {
        var path = route.path().replaceAll("\\{[^}]*}", "0000000000000");
        var type = route.path().equals("/api/v1/plugins") ? "application/zip" : "application/json";
        return client.send(
                client.request(path)
                        .header("Content-Type", type)
                        .method(
                                route.verb(),
                                route.verb().equals("GET") || route.verb().equals("HEAD")
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString("{}")));
    }
}
