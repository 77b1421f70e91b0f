package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headrace builds and tests itself: it adds its own repository and runs {@code .headrace.yml}. */
class SelfHostingTest {

    private static final Duration PATIENCE = Duration.ofMinutes(25);

    @Test
    void headraceRunsItsOwnPipelineAndKeepsTheWarAsTheJobBuiltIt(@TempDir Path directory)
            throws IOException, InterruptedException, NoSuchAlgorithmException {
        var repository = clone(directory.resolve("headrace"));
        try (var server =
                ServerProcess.selfStarted(
                        directory.resolve("home"), Map.of("HEADRACE_WORKER_SLOTS", "2"))) {
            var api = server.api();
            api.addProject("headrace", repository);

            var id = api.start("headrace", Map.of()).path("id").asText();
            var run = api.finished(id, PATIENCE);

            assertThat(run.path("status").asText())
                    .as(() -> explain(api, run))
                    .isEqualTo("SUCCEEDED");
            var war = artifact(api, id, "webapp/target/headrace.war");
            var bytes =
                    api.get("/api/v1/artifacts/" + war.path("id").asText() + "/content")
                            .raw()
                            .body();
            var sha256 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            // What sha256sum said inside of the job, before the artifact was taken.
            assertThat(log(api, run, "package")).contains(sha256 + "  webapp/target/headrace.war");
        }
    }

    /** Clones what is committed, whatever the working tree looks like. */
    private static Path clone(Path target) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                List.of(
                                        "git",
                                        "clone",
                                        "-q",
                                        "--no-hardlinks",
                                        Build.root().toString(),
                                        target.toString()))
                        .redirectErrorStream(true)
                        .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(Files.exists(target.resolve(".headrace.yml"))).isTrue();
        return target;
    }

    private static JsonNode artifact(Api api, String run, String path) {
        for (var artifact : api.get("/api/v1/runs/" + run + "/artifacts").ok().path("items")) {
            if (artifact.path("path").asText().equals(path)) {
                return artifact;
            }
        }
        throw new AssertionError("No artifact " + path + " in run " + run);
    }

    private static String log(Api api, JsonNode run, String key) {
        for (var job : run.path("jobs")) {
            if (job.path("key").asText().equals(key)) {
                var attempts = job.path("attempts");
                return api.log(attempts.get(attempts.size() - 1).path("id").asText());
            }
        }
        throw new AssertionError("No job " + key + " in " + run);
    }

    /** Returns the ends of the logs of all jobs that did not succeed. */
    private static String explain(Api api, JsonNode run) {
        var text = new StringBuilder(run.path("reason").asText());
        for (var job : run.path("jobs")) {
            if (job.path("status").asText().equals("FAILED")) {
                var log = log(api, run, job.path("key").asText());
                text.append("\n== ").append(job.path("name").asText()).append('\n');
                text.append(log.substring(Math.max(0, log.length() - 4000)));
            }
        }
        return text.toString();
    }
}
