package io.headrace.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.artifact.Artifact;
import io.headrace.engine.artifact.ArtifactId;
import io.headrace.engine.log.Masker;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.StaleFence;
import io.headrace.engine.run.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiGuideTest {

    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```sh\\n(.*?)^```");

    private @TempDir Path home;

    @Test
    void theExamplesOfTheGuideWork() throws Exception {
        var guide = Files.readString(Path.of("../../docs/api.md"));
        var script =
                EXAMPLE.matcher(guide)
                        .results()
                        .map(example -> example.group(1))
                        .reduce("set -euo pipefail\n", String::concat);
        try (var server = TestServer.start(home.resolve("home"), WebSettings.DEFAULT)) {
            server.sources.put("https://example.org/guide.git", PipelineTexts.ONE_JOB);
            var worker = Thread.startVirtualThread(() -> work(server));
            var token =
                    server.services
                            .tokens()
                            .create(server.services.accounts().get("root"), "guide", null, null);
            var builder = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
            builder.environment().put("HEADRACE_URL", server.client().url());
            builder.environment().put("HEADRACE_TOKEN", token.secret());
            var output = home.resolve("output").toFile();
            var process = builder.redirectOutput(output).start();
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                var text = Files.readString(output.toPath(), UTF_8);
                assertThat(process.exitValue()).as(text).isZero();
                assertThat(text).contains("hello from the guide").contains("\"complete\": true");
            } finally {
                process.destroyForcibly();
                worker.interrupt();
                worker.join();
            }
        }
    }

    /** Runs each job that is queued: a line and a file. */
    private static void work(TestServer server) {
        var queued = new Semaphore(1);
        server.stores.runs().onQueued(queued::release);
        try {
            while (true) {
                queued.acquire();
                for (var claim :
                        server.stores
                                .runs()
                                .claim(
                                        "guide",
                                        List.of("default"),
                                        Set.of(),
                                        10,
                                        Duration.ofMinutes(1))) {
                    run(server, claim);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(TestServer server, Claim claim) throws IOException {
        try (var log = server.services.logs().open(claim.attempt(), Masker.NONE)) {
            Site.print(log, 0, "hello from the guide");
        }
        var blob = server.blobs.put(new ByteArrayInputStream("content".getBytes(UTF_8)));
        server.stores
                .artifacts()
                .add(
                        List.of(
                                new Artifact(
                                        new ArtifactId(server.stores.ids().next()),
                                        claim.run(),
                                        claim.job(),
                                        claim.attempt(),
                                        claim.key(),
                                        "out",
                                        "out.txt",
                                        blob.sha256(),
                                        blob.size(),
                                        "text/plain",
                                        false,
                                        true,
                                        Instant.now(),
                                        null,
                                        false)));
        try {
            server.stores.runs().finish(claim, RunStore.Ending.of(Status.SUCCEEDED, ""));
        } catch (StaleFence e) {
            // The guide cancelled the run meanwhile.
            assertThat(e).hasMessageContaining(claim.attempt().toString());
        }
    }
}
