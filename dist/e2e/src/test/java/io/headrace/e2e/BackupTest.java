package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server is backed up while it works, lost, and restored on an empty host. */
class BackupTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String CANARY = "canary-Tr0ub4dor-and-3-more";
    private static final String PASSPHRASE = "correct horse battery staple";

    private static final String PIPELINE =
            """
            name: mill
            jobs:
              grind:
                secrets: [TOKEN]
                steps:
                  - name: grind
                    run: |
                      echo "the wheel turns for ${#TOKEN} letters"
                      while [ -n "GATE" ] && [ ! -e "GATE" ]; do sleep 0.1; done
                      head -c 20000000 /dev/urandom > flour.bin
                artifacts:
                  flour: flour.bin
              pack:
                needs: grind
                steps:
                  - name: pack
                    run: echo packed
            """;

    private @TempDir Path directory;

    @Test
    void whatWasBackedUpWhileItRanIsThereOnAnEmptyHost() throws Exception {
        var home = directory.resolve("home");
        var backup = directory.resolve("backup.zip");
        var gate = directory.resolve("gate");
        String done;
        String running;
        byte[] flour;
        String log;
        String token;
        try (var server = ServerProcess.selfStarted(home)) {
            var api = server.api();
            token = Files.readString(home.resolve("secrets/initial-admin.token")).strip();
            projects(api, gate);
            done = finished(api, start(api)).path("id").asText();
            flour = flour(api, done);
            log = api.log(attempt(api.run(done), "grind"));
            running = start(api, "slow");
            awaitRunning(api, running);

            backUpWhileARunEnds(server, api, backup);
            Files.createFile(gate);
        }
        delete(home);
        Files.delete(gate);

        assertNothingIsClear(backup, CANARY, token);
        var elsewhere = directory.resolve("elsewhere");
        assertThat(war(elsewhere, "backup", "verify", backup.toString()))
                .contains("is as it was written", "database/run.jsonl", "files/logs.tar");
        assertThat(war(elsewhere, "restore", backup.toString()))
                .contains("Restored " + elsewhere + " as of 20");
        assertThat(war(elsewhere, "db", "check")).contains("All is well: ");
        try (var server = ServerProcess.selfStarted(elsewhere)) {
            var api = server.api();

            assertThat(api.run(done).path("status").asText()).isEqualTo("SUCCEEDED");
            assertThat(api.log(attempt(api.run(done), "grind"))).isEqualTo(log);
            assertThat(flour(api, done)).isEqualTo(flour);
            var attempts = awaitSecondAttempt(api, running);
            assertThat(attempts.get(0).path("status").asText()).isEqualTo("ERRORED");
            Files.createFile(gate);
            assertThat(finished(api, running).path("status").asText()).isEqualTo("SUCCEEDED");
            // The secret can be decrypted: its length is printed by a new run.
            var next = finished(api, start(api));
            assertThat(api.log(attempt(next, "grind")))
                    .contains("the wheel turns for %d letters".formatted(CANARY.length()));
            assertThat(next.path("number").asInt()).isEqualTo(2);
        }
    }

    /** One project whose runs end at once, and one whose wait for {@code gate}. */
    private void projects(Api api, Path gate) throws IOException {
        for (var project : Map.of("mill", "", "slow", gate.toString()).entrySet()) {
            var repository =
                    Repository.create(directory.resolve(project.getKey()))
                            .write(".headrace.yml", PIPELINE.replace("GATE", project.getValue()));
            repository.commit("Grind");
            api.addProject(project.getKey(), repository.path());
            api.put(
                            "/api/v1/projects/" + project.getKey() + "/secrets/TOKEN",
                            Map.of("value", CANARY))
                    .ok();
        }
    }

    private static String start(Api api) {
        return start(api, "mill");
    }

    private static String start(Api api, String project) {
        return api.start(project, Map.of()).path("id").asText();
    }

    private static JsonNode finished(Api api, String id) {
        return api.finished(id, PATIENCE);
    }

    private static void awaitRunning(Api api, String id) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> job(api.run(id), "grind").path("status").asText().equals("RUNNING"));
    }

    private static JsonNode awaitSecondAttempt(Api api, String id) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> job(api.run(id), "grind").path("attempts"),
                        attempts -> attempts.size() == 2);
    }

    private static JsonNode job(JsonNode run, String key) {
        for (var job : run.path("jobs")) {
            if (job.path("key").asText().equals(key)) {
                return job;
            }
        }
        throw new AssertionError("There is no job " + key + ": " + run);
    }

    private static String attempt(JsonNode run, String job) {
        var attempts = job(run, job).path("attempts");
        return attempts.get(attempts.size() - 1).path("id").asText();
    }

    private static byte[] flour(Api api, String run) {
        var artifacts = api.get("/api/v1/runs/" + run + "/artifacts").ok().path("items");
        var answer =
                api.get("/api/v1/artifacts/" + artifacts.get(0).path("id").asText() + "/content");
        answer.ok();
        return answer.raw().body();
    }

    /** Reads the first byte, has a run end, and only then reads the rest. */
    private static void backUpWhileARunEnds(ServerProcess server, Api api, Path file)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/backup"))
                        .header(
                                "Authorization",
                                "Bearer "
                                        + Files.readString(
                                                        server.home()
                                                                .resolve(
                                                                        "secrets/initial-admin.token"))
                                                .strip())
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"passphrase\": \"" + PASSPHRASE + "\"}"))
                        .build();
        try (var client = HttpClient.newHttpClient();
                var out = Files.newOutputStream(file)) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            try (InputStream in = response.body()) {
                out.write(in.read());

                assertThat(finished(api, start(api)).path("status").asText())
                        .isEqualTo("SUCCEEDED");
                assertThat(
                                api.post("/api/v1/backup", Map.of("passphrase", PASSPHRASE))
                                        .body()
                                        .path("detail")
                                        .asText())
                        .isEqualTo("Another backup is being made just now; wait until it is done");
                in.transferTo(out);
            }
        }
    }

    private static void assertNothingIsClear(Path backup, String... secrets) throws IOException {
        try (var zip = new ZipFile(backup.toFile())) {
            for (var entry : zip.stream().toList()) {
                try (var in = zip.getInputStream(entry)) {
                    var content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                    assertThat(List.of(secrets))
                            .as(entry.getName())
                            .noneMatch(secret -> content.contains(secret));
                }
            }
        }
    }

    private static String war(Path home, String... words) throws Exception {
        var command =
                new ArrayList<>(List.of(Build.java().toString(), "-jar", Build.war().toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("--home", home.toString()));
        var builder = new ProcessBuilder(command);
        builder.environment().put("HEADRACE_BACKUP_PASSPHRASE", PASSPHRASE);
        var process = builder.redirectErrorStream(true).start();
        var out = new ByteArrayOutputStream();
        process.getInputStream().transferTo(out);
        assertThat(process.waitFor()).as(out.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8)
                .replaceFirst("^Unpacking Headrace into .*\n", "");
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
