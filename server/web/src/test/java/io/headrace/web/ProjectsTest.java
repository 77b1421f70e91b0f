package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class ProjectsTest {

    private static final String SHOP =
            """
            {"name": "shop", "source": {"type": "git", "url": "https://example.org/shop.git", "branch": "main"}}\
            """;

    private final Client client;

    ProjectsTest(TestServer server) {
        this.client = server.as("maintainer");
    }

    @Test
    void aProjectIsAddedShownChangedAndDeleted() {
        var created = client.post("/api/v1/projects", SHOP);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/projects/shop");
        assertThat(created.json().path("pipelineFile").asText()).isEqualTo(".headrace.yml");
        assertThat(created.json().path("source").path("branch").asText()).isEqualTo("main");
        assertThat(created.json().path("createdAt").asText()).endsWith("Z");

        assertThat(client.get("/api/v1/projects/shop").json()).isEqualTo(created.json());
        assertThat(client.get("/api/v1/projects").json().path("items").findValuesAsText("name"))
                .contains("shop");

        var changed =
                client.put(
                        "/api/v1/projects/shop",
                        """
                        {"source": {"url": "https://example.org/store.git"}, "pipelineFile": "ci/main.yml"}\
                        """);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("source").path("url").asText())
                .isEqualTo("https://example.org/store.git");
        assertThat(changed.json().path("source").has("branch")).isFalse();

        assertThat(client.delete("/api/v1/projects/shop").status()).isEqualTo(204);
        var gone = client.get("/api/v1/projects/shop");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.detail())
                .isEqualTo(
                        "There is no project 'shop'; see the list of projects (headrace project list)");
    }

    @Test
    void aLoginInTheAddressIsRefusedAndNotRepeated() {
        for (var url : List.of("https://ada:s3cr3t@example.org/x.git", "https://s3cr3t@h/x")) {
            var answer =
                    client.post(
                            "/api/v1/projects",
                            "{\"name\": \"open\", \"source\": {\"url\": \"%s\"}}".formatted(url));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.detail())
                    .isEqualTo(
                            "The address holds a login, which everybody could read; leave out what is before the '@', and give it as the project's credential");
        }
    }

    @Test
    void whatTheDatabaseCantKeepIsRefusedAndNotRepeated() {
        var url = "https://example.org/x.git";
        var odd = "a\\u0000b";

        for (var wrong :
                List.of(
                        List.of(
                                url + "x".repeat(4000),
                                "main",
                                "ci.yml",
                                "'source.url' has 4,025 characters; use up to 4,000"),
                        List.of(
                                url,
                                "b".repeat(1001),
                                "ci.yml",
                                "'source.branch' has 1,001 characters; use up to 1,000"),
                        List.of(
                                url,
                                "main",
                                "c".repeat(4001),
                                "'pipelineFile' has 4,001 characters; use up to 4,000"),
                        List.of(
                                "https://u:s3cr3t@h/\\nx",
                                "main",
                                "ci.yml",
                                "'source.url' has a control character in it; remove that"),
                        List.of(
                                url,
                                odd,
                                "ci.yml",
                                "'source.branch' has a control character in it; remove that"),
                        List.of(
                                url,
                                "main",
                                odd,
                                "'pipelineFile' has a control character in it; remove that"))) {
            var answer =
                    client.post(
                            "/api/v1/projects",
                            "{\"name\": \"unfit\", \"source\": {\"url\": \"%s\", \"branch\": \"%s\"}, \"pipelineFile\": \"%s\"}"
                                    .formatted(wrong.get(0), wrong.get(1), wrong.get(2)));

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.detail()).isEqualTo(wrong.get(3));
        }
        assertThat(client.post("/api/v1/tokens", "{\"name\": \"%s\"}".formatted(odd)).detail())
                .isEqualTo("A token's name has no control characters; remove them");
    }

    @Test
    void whatIsWrongIsAProblemThatSaysWhatToDo() {
        var answer =
                client.post(
                        "/api/v1/projects",
                        "{\"name\": \"a b\", \"source\": {\"url\": \"https://x\"}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:headrace:problem:invalid");
        assertThat(answer.json().path("title").asText()).isEqualTo("The request is not valid");
        assertThat(answer.json().path("status").asInt()).isEqualTo(400);
        assertThat(answer.json().path("instance").asText()).isEqualTo("/api/v1/projects");
        assertThat(answer.json().path("correlation").asText())
                .isEqualTo(answer.header("X-Correlation-ID"))
                .isNotEmpty();
        assertThat(answer.detail()).startsWith("'a b' can't be a project's name");
    }
}
