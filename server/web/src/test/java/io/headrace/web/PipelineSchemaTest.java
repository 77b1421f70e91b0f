package io.headrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Shared.class)
class PipelineSchemaTest {

    private final Client anybody;

    PipelineSchemaTest(TestServer server) {
        this.anybody = server.client();
    }

    @Test
    void editorsReadTheSchemaWithoutALoginAndKeepIt() {
        var schema = anybody.get("/schema/pipeline.json");

        assertThat(schema.status()).isEqualTo(200);
        assertThat(schema.header("Content-Type")).startsWith("application/schema+json");
        assertThat(schema.header("Cache-Control")).isEqualTo("public, max-age=3600");
        assertThat(schema.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(schema.json().path("$schema").asText())
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.json().at("/$defs/job/properties/steps").isMissingNode()).isFalse();
        assertThat(
                        anybody.get("/schema/pipeline.json", "If-None-Match", schema.header("ETag"))
                                .status())
                .isEqualTo(304);
    }

    @Test
    void whoAsksForPlainJsonGetsIt() {
        var schema = anybody.get("/schema/pipeline.json", "Accept", "application/json");

        assertThat(schema.status()).isEqualTo(200);
        assertThat(schema.header("Content-Type")).startsWith("application/json");
        assertThat(schema.json().path("title").asText()).isEqualTo("Headrace pipeline");
    }
}
