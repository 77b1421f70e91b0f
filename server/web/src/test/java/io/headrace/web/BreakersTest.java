package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.retry.Dependency;
import io.headrace.engine.retry.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class BreakersTest {

    private static final Dependency REGISTRY =
            new Dependency(Dependency.Kind.REGISTRY, "registry.example.org");

    private final TestServer server;

    BreakersTest(TestServer server) {
        this.server = server;
    }

    @Test
    void whatIsDownIsShownAndAnAdministratorHasItUsedAgain() {
        for (var i = 0; i < 3; i++) {
            server.stores.breakers().failed(REGISTRY, Failure.RATE_LIMIT, "too many requests");
        }

        var open = server.as("viewer").get("/api/v1/breakers").json().at("/items/0");

        assertThat(open.path("id").asText()).isEqualTo("registry:registry.example.org");
        assertThat(open.path("name").asText()).isEqualTo("the registry 'registry.example.org'");
        assertThat(open.path("state").asText()).isEqualTo("OPEN");
        assertThat(open.path("failureThreshold").asInt()).isEqualTo(3);
        assertThat(open.path("timeout").asInt()).isEqualTo(120);
        assertThat(open.path("reason").asText()).isEqualTo("too many requests");
        var reset = "/api/v1/breakers/registry:registry.example.org/reset";
        assertThat(server.as("developer").post(reset, "{}").status()).isEqualTo(403);
        assertThat(server.as("root").post(reset, "{}").status()).isEqualTo(200);
        assertThat(server.as("viewer").get("/api/v1/breakers").json().at("/items/0/state").asText())
                .isEqualTo("CLOSED");
        assertThat(server.as("root").post("/api/v1/breakers/nothing/reset", "{}").status())
                .isEqualTo(404);
    }
}
