package io.headrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Kills a server at random moments while clients start runs, starts it again each time, and in the
 * end looks at every run that was ever accepted.
 */
public final class KillTrial {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PIPELINE =
            """
            name: busy
            jobs:
              first:
                checkout: false
                steps:
                  - name: one
                    run: echo one
                  - name: two
                    run: sleep 0.2
              left:
                needs: first
                checkout: false
                steps:
                  - name: one
                    run: |
                      sleep 0.1
                      echo left
              right:
                needs: first
                checkout: false
                steps:
                  - name: one
                    run: sleep 30 & sleep 0.3
              last:
                needs: [left, right]
                checkout: false
                steps:
                  - name: one
                    run: echo last
              broken:
                needs: first
                checkout: false
                steps:
                  - name: one
                    run: exit 3
            """;

    private final Path directory;
    private final int kills;
    private final Random random;
    private final List<String> findings = new ArrayList<>();

    /**
     * What was found.
     *
     * @param findings in words, empty if nothing is wrong
     */
    public record Report(
            int kills,
            int accepted,
            int lost,
            int wrong,
            int doubled,
            int processes,
            int workspaces,
            List<String> findings) {

        public boolean clean() {
            return lost + wrong + doubled + processes + workspaces == 0;
        }
    }

    /**
     * Prepares a trial.
     *
     * @param directory empty; everything of the trial is below it
     */
    public KillTrial(Path directory, int kills, long seed) {
        this.directory = directory;
        this.kills = kills;
        this.random = new Random(seed);
    }

    /** Runs the trial to its end. */
    public Report run() throws IOException, InterruptedException {
        var home = directory.resolve("home");
        var repository = Repository.create(directory.resolve("busy"));
        var commit = repository.write(".headrace.yml", PIPELINE).commit("busy");
        var accepted = new ConcurrentLinkedQueue<String>();
        var server = start(home);
        server.api().addProject("busy", repository.path());
        try {
            for (var kill = 0; kill < kills; kill++) {
                startRunsUntilKilled(server, commit, accepted);
                server = start(home);
            }
            return examine(server, accepted);
        } finally {
            server.close();
        }
    }

    private static ServerProcess start(Path home) throws IOException {
        return ServerProcess.selfStarted(home, Map.of("HEADRACE_WORKER_SLOTS", "4"));
    }

    private void startRunsUntilKilled(ServerProcess server, String commit, Queue<String> accepted)
            throws IOException, InterruptedException {
        var api = server.api();
        var killed = new AtomicBoolean();
        // One is sure to be at work when the kill comes, however slow the machine is.
        startOne(api, commit, accepted);
        var client =
                Thread.ofVirtual()
                        .start(() -> {
                            for (var i = 0; i < 6 && !killed.get(); i++) {
                                startOne(api, commit, accepted);
                            }
                        });
        Thread.sleep(random.nextInt(1500));
        server.kill();
        killed.set(true);
        client.join();
    }

    private static void startOne(Api api, String commit, Queue<String> accepted) {
        try {
            var answer =
                    api.post("/api/v1/projects/busy/runs", Map.of("ref", "main", "commit", commit));
            if (answer.status() == 201) {
                accepted.add(answer.body().path("id").asText());
            }
        } catch (UncheckedIOException e) {
            // Killed meanwhile: whether that run exists, nobody was told.
        }
    }

    private Report examine(ServerProcess server, Queue<String> accepted)
            throws IOException, InterruptedException {
        var api = server.api();
        var lost = 0;
        var wrong = 0;
        var doubled = 0;
        for (var id : accepted) {
            var answer = api.get("/api/v1/runs/" + id);
            if (answer.status() == 404) {
                lost++;
                findings.add("Run " + id + " was accepted and is gone");
                continue;
            }
            var run = api.finished(id, PATIENCE);
            wrong += isRight(run) ? 0 : 1;
            doubled += doubledSteps(run);
        }
        var processes = leftProcesses(server);
        var workspaces = entries(server.home().resolve("workspaces"));
        return new Report(
                kills,
                accepted.size(),
                lost,
                wrong,
                doubled,
                processes,
                workspaces,
                List.copyOf(findings));
    }

    /**
     * The job {@code broken} fails; all others succeed unless the server died on them too often.
     */
    private boolean isRight(JsonNode run) {
        var errored = false;
        var right = true;
        for (var job : run.path("jobs")) {
            var status = job.path("status").asText();
            var attempts = job.path("attempts");
            var last =
                    attempts.isEmpty()
                            ? ""
                            : attempts.get(attempts.size() - 1).path("status").asText();
            errored |= status.equals("ERRORED");
            right &=
                    switch (status) {
                        case "SUCCEEDED" ->
                                !job.path("baseName").asText().equals("broken")
                                        && last.equals("SUCCEEDED");
                        case "FAILED" ->
                                job.path("baseName").asText().equals("broken")
                                        && last.equals("FAILED");
                        case "ERRORED" -> attempts.size() == 3;
                        case "CANCELLED" -> job.path("reason").asText().contains("needs");
                        default -> false;
                    };
        }
        var status = run.path("status").asText();
        right &= status.equals(errored ? "ERRORED" : "FAILED");
        if (!right) {
            findings.add("Run " + run.path("id").asText() + " ended wrongly: " + run);
        }
        return right;
    }

    private int doubledSteps(JsonNode run) {
        var doubled = 0;
        for (var job : run.path("jobs")) {
            for (var attempt : job.path("attempts")) {
                Set<Integer> seen = new HashSet<>();
                for (var step : attempt.path("steps")) {
                    if (!seen.add(step.path("index").asInt())) {
                        doubled++;
                        findings.add("A step is there twice: " + attempt);
                    }
                }
            }
        }
        return doubled;
    }

    private int leftProcesses(ServerProcess server) throws IOException, InterruptedException {
        // What the last jobs left is ended with them; a moment passes until the kernel has done so.
        for (var tries = 0; tries < 50; tries++) {
            if (marked(server).isEmpty()) {
                return 0;
            }
            Thread.sleep(100);
        }
        var left = marked(server);
        findings.add("Processes are left: " + left);
        return left.size();
    }

    private List<String> marked(ServerProcess server) throws IOException {
        var found = new ArrayList<String>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                try {
                    var environment =
                            new String(
                                    Files.readAllBytes(process.resolve("environ")),
                                    StandardCharsets.UTF_8);
                    if (environment.contains("HEADRACE_WORKSPACE=" + server.home())) {
                        found.add(process.getFileName().toString());
                    }
                } catch (IOException e) {
                    // It ended meanwhile, or is not ours.
                }
            }
        }
        return found;
    }

    private static int entries(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return (int) files.count();
        }
    }
}
