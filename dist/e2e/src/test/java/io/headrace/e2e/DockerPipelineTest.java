package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.headrace.executor.docker.DockerEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Jobs with an {@code image}, in real containers, driven over REST. */
class DockerPipelineTest {

    @RegisterExtension private static final DockerEngine ENGINE = new DockerEngine();

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static @TempDir Path directory;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = startServer();
    }

    private static ServerProcess startServer() throws IOException {
        return ServerProcess.selfStarted(
                directory.resolve("home"),
                Map.of(
                        "DOCKER_HOST",
                        ENGINE.host(),
                        "HEADRACE_WORKER_KILL_GRACE",
                        "1",
                        // A registry that can't be reached is tried for half an hour otherwise.
                        "HEADRACE_RETRY_TOTAL_TIME",
                        "5"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void noContainerIsLeft() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(containers()).isEmpty());
    }

    @Test
    void jobsWithAnImageRunInHardenedContainersAndPassArtifactsOn() throws IOException {
        var api = server.api();
        add(
                "docker-build",
                """
                name: docker
                jobs:
                  build:
                    image: %1$s
                    steps:
                      - run: |
                          id -u
                          grep NoNewPrivs /proc/self/status
                          touch /should-fail 2>/dev/null && echo writable || echo read-only
                          mkdir -p dist && echo flour > dist/flour.txt
                    artifacts:
                      flour: dist/*
                  test:
                    needs: build
                    image: %1$s
                    checkout: false
                    artifact_dependencies: [flour]
                    steps:
                      - run: cat dist/flour.txt
                """
                        .formatted(DockerEngine.BUSYBOX));

        var run = api.finished(start("docker-build"), PATIENCE);

        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("SUCCEEDED");
        assertThat(log(run, "build")).contains("1000", "NoNewPrivs:\t1", "read-only");
        assertThat(log(run, "test")).contains("flour");
    }

    @Test
    void gitKnowsTheHistoryInsideOfTheContainer() throws IOException {
        ENGINE.provideGit();
        var repository = add("docker-git", pipelineThatUsesGit());
        repository.git("tag", "v1.0");
        var commit = repository.write("later.txt", "later").commit("The second of two");

        var run = server.api().finished(start("docker-git"), PATIENCE);

        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("SUCCEEDED");
        assertThat(log(run, "look"))
                .contains("v1.0-1-g" + commit.substring(0, 7))
                .contains("The second of two\na pipeline\n")
                .contains("clean");
    }

    private static String pipelineThatUsesGit() {
        return """
        name: git
        jobs:
          look:
            image: %s
            steps:
              - run: |
                  git describe --tags --abbrev=7
                  git --no-pager log --format=%%s
                  test -z "$(git status --porcelain)" && echo "clean"
        """
                .formatted(DockerEngine.GIT);
    }

    @Test
    void cancellingEndsTheContainer() throws IOException {
        var api = server.api();
        add("docker-cancel", endless());
        var id = start("docker-cancel");
        Awaitility.await().atMost(PATIENCE).until(() -> containers().size() == 1);

        api.post("/api/v1/runs/" + id + "/cancel", Map.of()).ok();

        assertThat(api.finished(id, PATIENCE).path("status").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void aTimeLimitEndsTheContainer() throws IOException {
        add("docker-limit", endless().replace("- name: wait", "- name: wait\n        timeout: 1"));

        var run = server.api().finished(start("docker-limit"), PATIENCE);

        assertThat(run.path("status").asText()).isEqualTo("FAILED");
        assertThat(run.path("jobs").get(0).path("reason").asText())
                .isEqualTo("step 'wait': the step took longer than its time limit of 1s");
    }

    @Test
    void aServerThatWasKilledLeavesNoContainer() throws IOException {
        add("docker-kill", endless());
        var id = start("docker-kill");
        Awaitility.await().atMost(PATIENCE).until(() -> containers().size() == 1);
        var before = containers();

        server.kill();
        server = startServer();

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(containers()).doesNotContainAnyElementsOf(before));
        server.api().post("/api/v1/runs/" + id + "/cancel", Map.of()).ok();
        var run = server.api().finished(id, PATIENCE);
        assertThat(run.path("jobs").get(0).path("attempts").get(0).path("reason").asText())
                .startsWith("worker lost");
    }

    @Test
    void aMissingImageSaysWhatToDo() throws IOException {
        add("docker-missing", endless().replace(DockerEngine.BUSYBOX, "127.0.0.1:9/no/such:1"));

        var run = server.api().finished(start("docker-missing"), PATIENCE);

        assertThat(run.path("status").asText()).isEqualTo("ERRORED");
        assertThat(run.path("reason").asText()).contains("127.0.0.1:9/no/such:1");
    }

    private static String endless() {
        return """
        name: endless
        jobs:
          wait:
            image: %s
            checkout: false
            steps:
              - name: wait
                run: sleep 600
        """
                .formatted(DockerEngine.BUSYBOX);
    }

    private static Repository add(String project, String pipeline) throws IOException {
        var repository = Repository.create(directory.resolve(project));
        repository.write(".headrace.yml", pipeline).commit("a pipeline");
        server.api().addProject(project, repository.path());
        return repository;
    }

    private static String start(String project) throws IOException {
        return server.api().start(project, Map.of("ref", "main")).path("id").asText();
    }

    private static String log(JsonNode run, String key) throws IOException {
        for (var job : run.path("jobs")) {
            if (job.path("key").asText().equals(key)) {
                var attempts = job.path("attempts");
                return server.api().log(attempts.get(attempts.size() - 1).path("id").asText());
            }
        }
        throw new AssertionError("No job " + key + " in " + run);
    }

    /** Returns the ids of all containers of any Headrace on the engine. */
    private static List<String> containers() throws IOException {
        var command =
                List.of(
                        "docker",
                        "-H",
                        ENGINE.host(),
                        "ps",
                        "-aq",
                        "--filter",
                        "label=io.headrace.execution");
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ArrayList<>(output.lines().filter(line -> !line.isBlank()).toList());
    }
}
