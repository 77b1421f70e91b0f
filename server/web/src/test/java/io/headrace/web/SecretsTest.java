package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class SecretsTest {

    private static final String VALUE = "correct horse battery";

    private final Client client;

    SecretsTest(TestServer server) {
        this.client = server.as("maintainer");
    }

    @BeforeEach
    void addProject() {
        client.delete("/api/v1/projects/vault");
        client.post(
                "/api/v1/projects",
                "{\"name\": \"vault\", \"source\": {\"url\": \"https://example.org/vault.git\"}}");
    }

    @Test
    void aSecretIsSetListedReplacedAndRemovedAndItsValueNeverComesBack() {
        var empty = client.get("/api/v1/projects/vault/secrets");
        assertThat(empty.json().path("items")).isEmpty();

        var set =
                client.put(
                        "/api/v1/projects/vault/secrets/API_TOKEN",
                        "{\"value\": \"%s\"}".formatted(VALUE));

        assertThat(set.status()).isEqualTo(200);
        assertThat(set.json().path("name").asText()).isEqualTo("API_TOKEN");
        assertThat(set.json().path("updatedBy").asText()).isEqualTo("maintainer");
        assertThat(set.json().path("updatedAt").asText()).endsWith("Z");
        client.put("/api/v1/projects/vault/secrets/a_key", "{\"value\": \"other value\"}");
        client.put("/api/v1/projects/vault/secrets/a_key", "{\"value\": \"yet another\"}");
        var listed = client.get("/api/v1/projects/vault/secrets");
        assertThat(listed.json().path("items").findValuesAsText("name"))
                .containsExactly("API_TOKEN", "a_key");
        assertThat(listed.body() + set.body()).doesNotContain(VALUE);
        assertThat(client.delete("/api/v1/projects/vault/secrets/API_TOKEN").status())
                .isEqualTo(204);
        assertThat(client.delete("/api/v1/projects/vault/secrets/API_TOKEN").detail())
                .isEqualTo("Project 'vault' has no secret 'API_TOKEN'");
    }

    @Test
    void whatIsWrongWithASecretIsSaidWithoutItsValue() {
        assertProblem("my-key", VALUE, "'my-key' is no name for a secret; use up to 100 letters");
        assertProblem("PATH", VALUE, "'PATH' is no name for a secret; the variable has a meaning");
        assertProblem("SHORT", "abc", "A secret needs at least 4 characters");
        assertProblem("LONG", "x".repeat(70_000), "A secret has at most 64 KiB");
        assertProblem("NUL", "abc\\u0000def", "A secret can't have NUL characters");
        var none = client.put("/api/v1/projects/vault/secrets/NONE", "{}");
        assertThat(none.detail()).isEqualTo("The field 'value' is missing");
        assertThat(client.get("/api/v1/projects/none/secrets").status()).isEqualTo(404);
    }

    private void assertProblem(String name, String value, String detail) {
        var answer =
                client.put(
                        "/api/v1/projects/vault/secrets/" + name,
                        "{\"value\": \"%s\"}".formatted(value));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith(detail).doesNotContain(value);
    }

    @Test
    void aCredentialIsSetShownAndRemovedAndItsSecretNeverComesBack() {
        var path = "/api/v1/projects/vault/credential";
        assertThat(client.get(path).json().path("type").asText()).isEqualTo("none");

        var set =
                client.put(
                        path,
                        "{\"type\": \"password\", \"user\": \"ada\", \"secret\": \"%s\"}"
                                .formatted(VALUE));

        assertThat(set.status()).isEqualTo(200);
        var shown = client.get(path);
        assertThat(shown.json()).isEqualTo(set.json());
        assertThat(shown.body()).doesNotContain(VALUE);
        assertThat(shown.json().path("user").asText()).isEqualTo("ada");
        assertThat(shown.json().path("url").asText()).isEqualTo("https://example.org/vault.git");
        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(client.delete(path).status()).isEqualTo(404);
    }

    @Test
    void whatIsWrongWithACredentialIsSaidWithoutItsSecret() {
        assertRefused("{\"type\": \"x\", \"secret\": \"s3cr3t\"}", "'type' can't be 'x'; use");
        assertRefused(
                "{\"type\": \"password\", \"user\": \"a:b\", \"secret\": \"s3cr3t\"}",
                "'a:b' can't be the user's name of a credential");
        assertRefused(
                "{\"type\": \"password\", \"secret\": \"s3cr3t\\nx\"}", "A password is one line");
        assertRefused(
                "{\"type\": \"ssh-key\", \"secret\": \"s3cr3t\"}", "This is not a private key");
        assertRefused(
                "{\"type\": \"ssh-key\", \"secret\": \"-----BEGIN RSA PRIVATE KEY-----\\nProc-Type: 4,ENCRYPTED\\ns3cr3t\\n-----END RSA PRIVATE KEY-----\"}",
                "The private key has a passphrase");
        assertRefused(
                "{\"type\": \"password\", \"secret\": \"s3cr3t\", \"knownHosts\": \"h k v\"}",
                "Only SSH has known hosts");
    }

    private void assertRefused(String body, String detail) {
        var answer = client.put("/api/v1/projects/vault/credential", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith(detail).doesNotContain("s3cr3t");
    }
}
