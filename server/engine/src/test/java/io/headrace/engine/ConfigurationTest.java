package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.retry.RetryLimits;
import io.headrace.language.expression.Undefined;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private @TempDir Path directory;

    @Test
    void theDefaultsAreThese() {
        var defaults = Configuration.defaults();

        assertThat(defaults.workerSlots())
                .isEqualTo(2 * Runtime.getRuntime().availableProcessors());
        assertThat(defaults.workerPools()).containsExactly("default");
        assertThat(defaults.workerLabels()).isEmpty();
        assertThat(defaults.workerLease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.shutdownPatience()).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.killGrace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.retryLimits()).isEqualTo(new RetryLimits(3, Duration.ofMinutes(30)));
        assertThat(defaults.databaseUrl()).isEmpty();
        assertThat(defaults.retention())
                .isEqualTo(new Retention(Duration.ofDays(30), Duration.ofDays(90)));
        assertThat(defaults.webTrustProxy()).isFalse();
        assertThat(defaults.webPublicBadges()).isTrue();
        assertThat(defaults.webSessionLength()).isEqualTo(Duration.ofHours(12));
    }

    @Test
    void whatRunsLeaveCanBeKeptForEver() {
        var retention =
                Configuration.of(Map.of("artifacts.retention", "0", "logs.retention", "365"), "x")
                        .retention();

        assertThat(retention.artifactsBefore(Instant.EPOCH)).isNull();
        assertThat(retention.logsBefore(Instant.EPOCH))
                .isEqualTo(Instant.EPOCH.minus(Duration.ofDays(365)));
    }

    @Test
    void longerStepsAndLargerMatricesCanBeAllowed() {
        var limits =
                Configuration.of(
                                Map.of(
                                        "pipeline.max-step-time", "7200",
                                        "pipeline.max-job-time", "10800",
                                        "pipeline.max-matrix", "1000"),
                                "headrace.properties")
                        .pipelineLimits();

        assertThat(limits.stepTime()).isEqualTo(Duration.ofHours(2));
        assertThat(limits.jobTime()).isEqualTo(Duration.ofHours(3));
        assertThat(limits.pipelineTime()).isEqualTo(Duration.ofDays(1));
        assertThat(limits.matrixMax()).isEqualTo(1000);
    }

    @Test
    void aJobMayAskForAsMuchAsTheOperatorSays() {
        var standard = Configuration.defaults().pipelineLimits();
        var limits =
                Configuration.of(
                                Map.of("pipeline.max-cpu", "8", "pipeline.max-memory", "16384"),
                                "x")
                        .pipelineLimits();

        assertThat(standard.cpus()).isEqualTo(256);
        assertThat(standard.memoryBytes()).isEqualTo(1L << 40);
        assertThat(limits.cpus()).isEqualTo(8);
        assertThat(limits.memoryBytes()).isEqualTo(16L << 30);
        assertThatThrownBy(() ->
                        Configuration.of(
                                Map.of("pipeline.max-cpu", "0", "pipeline.max-memory", "3"), "x"))
                .hasMessageContaining(
                        "'pipeline.max-cpu' is '0'; use a whole number from 1 to 9999")
                .hasMessageContaining(
                        "'pipeline.max-memory' is '3'; use a whole number from 4 to 1073741824");
    }

    @Test
    void filesOfOtherRepositoriesAreTakenFromWhereTheOperatorSays() {
        var allowed =
                Configuration.of(
                                Map.of(
                                        "pipeline.include.repositories",
                                        "https://git.example.com/ci/*, https://example.org/x.git"),
                                "x")
                        .includeRepositories();

        assertThat(Configuration.defaults().includeRepositories().addresses()).isEmpty();
        assertThat(allowed.addresses())
                .containsExactlyInAnyOrder(
                        "https://git.example.com/ci/*", "https://example.org/x.git");
        assertThatThrownBy(() ->
                        Configuration.of(
                                Map.of("pipeline.include.repositories", "https://git.example.com*"),
                                "x"))
                .hasMessageContaining(
                        "'pipeline.include.repositories': 'https://git.example.com*' is no address; write a whole one, or its beginning with /* after it");
    }

    @Test
    void filesAreReadStrictlyWhereTheOperatorSaysSo() {
        assertThat(Configuration.defaults().pipelineLimits().strict()).isFalse();
        assertThat(Configuration.of(Map.of("pipeline.strict", "true"), "x").pipelineLimits())
                .isEqualTo(Configuration.defaults().pipelineLimits().strict(true));
    }

    @Test
    void variablesThatNobodyDefinedAreErrorsUnlessTheOperatorSaysOtherwise() {
        assertThat(Configuration.defaults().pipelineLimits().undefined())
                .isEqualTo(Undefined.ERROR);
        assertThat(undefined("error")).isEqualTo(Undefined.ERROR);
        assertThat(undefined("literal")).isEqualTo(Undefined.LITERAL);
        assertThat(undefined("empty")).isEqualTo(Undefined.EMPTY);
        assertThatThrownBy(() -> undefined("lenient"))
                .hasMessageContaining(
                        "'variables.undefined' is 'lenient'; use error, literal or empty");
    }

    private static Undefined undefined(String mode) {
        return Configuration.of(Map.of("variables.undefined", mode), "x")
                .pipelineLimits()
                .undefined();
    }

    @Test
    void aLogMayBecomeAsLargeAsTheOperatorSays() {
        var longer = Configuration.of(Map.of("logs.max-size", "10240"), "x");

        assertThat(Configuration.defaults().logSettings().maxBytes()).isEqualTo(2L << 30);
        assertThat(longer.logSettings().maxBytes()).isEqualTo(10L << 30);
        assertThatThrownBy(() -> Configuration.of(Map.of("logs.max-size", "0"), "x"))
                .hasMessageContaining(
                        "'logs.max-size' is '0'; use a whole number from 1 to 1048576");
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        var file =
                Files.writeString(
                        directory.resolve("headrace.properties"),
                        "worker.slots = 3\nworker.labels=gpu, cuda12\n");

        var read = Configuration.read(file, Map.of("HEADRACE_WORKER_SLOTS", "5"));

        assertThat(read.workerSlots()).isEqualTo(5);
        assertThat(read.workerLabels()).containsExactly("gpu", "cuda12");
    }

    @Test
    void everythingWrongIsSaidAtOnce() {
        assertThatThrownBy(() ->
                        Configuration.of(
                                Map.of("worker.slots", "many", "database.url", "jdbc:mysql:x"),
                                "headrace.properties"))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "The configuration headrace.properties is wrong: 'worker.slots' is 'many'; use a whole number from 0 to 1000; 'database.url' is not an address of PostgreSQL; use jdbc:postgresql://host/database, or leave it out for the embedded database");
    }

    @Test
    void aFlagIsTrueOrFalse() {
        assertThatThrownBy(() -> Configuration.of(Map.of("web.trust-proxy", "yes"), "x"))
                .hasMessageContaining("'web.trust-proxy' is 'yes'; use true or false");
    }

    @Test
    void anUnknownKeyIsRefused() {
        assertThatThrownBy(() -> Configuration.of(Map.of("worker.slot", "2"), "x"))
                .hasMessageContaining("'worker.slot' is not a key; known are worker.slots");
    }

    @Test
    void thePasswordIsNotPartOfTheText() {
        var configuration =
                Configuration.of(
                        Map.of(
                                "database.url",
                                "jdbc:postgresql://db/x",
                                "database.password",
                                "s3cret"),
                        "x");

        assertThat(configuration.toString()).doesNotContain("s3cret");
    }
}
