package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class LocksTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PIPELINE =
            """
            name: shop
            concurrency: {group: "deploy-${{ branch }}", limit: 2}
            jobs:
              deploy:
                locks: [database]
                steps: [{name: deploy, run: ./deploy}]
            """;

    private final Client client;
    private final Site site;

    LocksTest(TestServer server) {
        this.client = server.as("developer");
        this.site = new Site(server, PIPELINE);
    }

    @Test
    void whoHasALockAndWhoWaitsForItIsShown() {
        var first = site.run(client, "{}");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(lock("LOCK").path("holders")).hasSize(1));
        var second = site.run(client, "{}");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(lock("LOCK").path("waiters")).hasSize(1));

        var database = lock("LOCK");
        var group = lock("GROUP");

        assertThat(database.path("name").asText()).isEqualTo("database");
        assertThat(database.path("holders").path(0).path("run").asText()).isEqualTo(first);
        assertThat(database.path("holders").path(0).path("runNumber").asInt()).isEqualTo(1);
        assertThat(database.path("holders").path(0).path("job").asText()).isEqualTo("deploy");
        assertThat(database.path("waiters").path(0).path("run").asText()).isEqualTo(second);
        assertThat(database.path("waiters").path(0).has("since")).isTrue();
        assertThat(group.path("name").asText()).isEqualTo("deploy-main");
        assertThat(group.path("holders")).hasSize(2);
        assertThat(group.path("holders").path(0).has("job")).isFalse();

        var job = client.get("/api/v1/runs/" + second).json().path("jobs").path(0);
        assertThat(job.path("status").asText()).isEqualTo("WAITING");
        assertThat(job.path("reason").asText()).isEqualTo("waits for the lock 'database'");
    }

    private JsonNode lock(String kind) {
        for (var lock : client.get("/api/v1/locks").json().path("items")) {
            if (lock.path("kind").asText().equals(kind)
                    && lock.path("project").asText().equals(site.project)) {
                return lock;
            }
        }
        return MissingNode.getInstance();
    }
}
