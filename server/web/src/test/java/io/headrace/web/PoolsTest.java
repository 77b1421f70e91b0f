package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pools, shares and metrics, over HTTP. */
@ExtendWith(Shared.class)
class PoolsTest {

    private final TestServer server;
    private final Client client;

    PoolsTest(TestServer server) {
        this.server = server;
        this.client = server.as("root");
    }

    @Test
    void aPoolsRulesAreSetAndForgotten() {
        var set = client.put("/api/v1/pools/gpu", "{\"maxRunning\": 3, \"minWorkers\": 0}");

        assertThat(set.status()).isEqualTo(200);
        assertThat(set.json().path("maxRunning").asInt()).isEqualTo(3);
        assertThat(set.json().path("maxWorkers").asInt()).isEqualTo(20);
        assertThat(client.get("/api/v1/pools").body()).contains("\"name\":\"gpu\"");
        assertThat(client.get("/metrics").body())
                .contains("# TYPE headrace_pool_wanted_workers gauge\n")
                .contains("headrace_pool_wanted_workers{pool=\"gpu\"} 0\n");
        assertThat(client.delete("/api/v1/pools/gpu").status()).isEqualTo(204);
        assertThat(client.get("/api/v1/pools").body()).doesNotContain("gpu");
    }

    @Test
    void whatIsWrongWithARuleIsSaid() {
        var wrong = client.put("/api/v1/pools/gpu", "{\"maxRunning\": 0}");

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("'maxRunning' is 0; use a whole number from 1 to 100000");
    }

    @Test
    void metricsAndRulesAreNotForEverybody() {
        assertThat(server.client().get("/metrics").status()).isEqualTo(401);
        assertThat(server.as("developer").put("/api/v1/pools/gpu", "{}").status()).isEqualTo(403);
    }
}
