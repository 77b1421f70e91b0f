package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets reach the jobs that list them, and nothing that anybody can read later. */
class SecretsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TOKEN = "Tr0ub4dor/and+3 & more";
    private static final String TOKEN_IN_URL = "Tr0ub4dor%2Fand%2B3%20%26%20more";
    private static final String KEY = "k3yW1thoutSlash";

    private static @TempDir Path directory;
    private static ServerProcess server;
    private static Api api;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.selfStarted(directory.resolve("home"));
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aJobGetsItsSecretsAndNothingThatItPrintsHoldsThem() throws IOException {
        project(
                "leaky",
                """
                name: leaky
                jobs:
                  leak:
                    secrets: [TOKEN, KEY]
                    steps:
                      - name: use
                        run: test "${#TOKEN}" = 22 && test "$KEY" = "$(printf k3yW1th)outSlash"
                      - name: print
                        run: |
                          echo "plain $TOKEN and $KEY"
                          echo "error $TOKEN" >&2
                          printf '%s' "$TOKEN" | base64
                          printf 'ab%s' "$TOKEN" | base64
                          printf '%s' "$TOKEN" | sed 's,/,%2F,g;s/+/%2B/g;s/&/%26/g;s/ /%20/g'; echo
                          printf '%s' "${TOKEN%??????}"
                          sleep 0.2
                          printf '%s\\n' "${TOKEN#"${TOKEN%??????}"}"
                          sh -xc ': "$TOKEN" "$KEY"'
                          echo done
                      - name: save
                        run: echo kept > "out-$KEY.txt"
                    artifacts:
                      out: out-*.txt
                  other:
                    needs: leak
                    steps:
                      - name: nothing
                        run: test -z "$TOKEN$KEY"
                """);
        set("leaky", "TOKEN", TOKEN);
        set("leaky", "KEY", KEY);

        var id = api.start("leaky", Map.of()).path("id").asText();
        var events = new ArrayList<String>();
        api.stream(
                "/api/v1/runs/" + id + "/logs",
                line -> {
                    events.add(line);
                    return !line.equals("event: end");
                });
        var run = api.finished(id, PATIENCE);

        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("SUCCEEDED");
        var log = api.log(attempt(run, 0));
        assertThat(log)
                .contains("plain «TOKEN» and «KEY»", "error «TOKEN»", "done")
                .contains("\n«TOKEN»\n");
        var artifacts = api.get("/api/v1/runs/" + id + "/artifacts").ok().toString();
        assertThat(artifacts).contains("out-«KEY».txt");
        assertHidden(TOKEN, TOKEN_IN_URL, KEY, log, String.join("\n", events), artifacts);
        assertNoFileHolds(TOKEN, TOKEN_IN_URL, KEY, base64(TOKEN), base64("ab" + TOKEN));
    }

    @Test
    void aSecretInAVariableReachesItsStepAndNothingThatAnybodyCanRead() throws IOException {
        var pipeline =
                """
                name: quiet
                global_env: {ALL: "${SECRET:KEY}"}
                jobs:
                  use:
                    environment:
                      LOGIN: {secret: TOKEN}
                      URL: https://ci:${secrets.KEY}@example.org/${{ branch }}
                      RESULT: ${LOGIN}
                    steps:
                      - name: use
                        run: |
                          test "${#LOGIN}" = 22 && test "$LOGIN" = "$RESULT" && test "$LOGIN" = "$OWN"
                          test "$URL" = "https://ci:$(printf k3yW1th)outSlash@example.org/main"
                          test "$ALL" = "$(printf k3yW1th)outSlash" && test -z "$TOKEN$KEY"
                          echo "has $LOGIN and $URL"
                        environment: {OWN: "${{ secrets.TOKEN }}"}
                      - name: other
                        run: test -z "$OWN"
                """;
        project("quiet", pipeline);
        set("quiet", "TOKEN", TOKEN);
        set("quiet", "KEY", KEY);

        var run = finished("quiet");

        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("SUCCEEDED");
        var log = api.log(attempt(run, 0));
        assertThat(log).contains("has «TOKEN» and https://ci:«KEY»@example.org/main");
        var id = run.path("id").asText();
        var question = Map.of("text", pipeline, "job", "use", "branch", "main");
        var explained = api.post("/api/v1/explain", question).ok().toString();
        assertThat(explained).contains("secret TOKEN", "secrets.KEY");
        assertHidden(
                TOKEN,
                TOKEN_IN_URL,
                KEY,
                log,
                explained,
                run.toString(),
                api.get("/api/v1/runs/" + id + "/plan").ok().toString(),
                api.get("/api/v1/runs/" + id + "/jobs").ok().toString(),
                api.post("/api/v1/plan", Map.of("text", pipeline, "branch", "main"))
                        .ok()
                        .toString());
        // Plans, logs and the database are files.
        assertNoFileHolds(TOKEN, TOKEN_IN_URL, KEY, base64(TOKEN));
    }

    @Test
    void aSecretThatAVariableLacksIsNamedWithThatVariable() throws IOException {
        project(
                "lacking",
                """
                name: lacking
                jobs:
                  deploy:
                    checkout: false
                    environment: {LOGIN: "${secrets.NOWHERE}"}
                    steps:
                      - name: deploy
                        run: echo never
                """);

        assertThat(finished("lacking").path("jobs").get(0).path("reason").asText())
                .isEqualTo(
                        "project 'lacking' has no secret 'NOWHERE' for 'LOGIN'; add it on the"
                                + " project's page, or by 'headrace secret set lacking NOWHERE'");
    }

    @Test
    void aSecretThatIsNotThereIsNamed() throws IOException {
        project(
                "forgetful",
                """
                name: forgetful
                jobs:
                  deploy:
                    checkout: false
                    secrets: [NOWHERE]
                    steps:
                      - name: deploy
                        run: echo never
                """);

        var run = finished("forgetful");

        assertThat(run.path("status").asText()).isEqualTo("ERRORED");
        var job = run.path("jobs").get(0);
        assertThat(job.path("reason").asText())
                .isEqualTo(
                        "project 'forgetful' has no secret 'NOWHERE'; add it on the project's page, or by 'headrace secret set forgetful NOWHERE'");
        assertThat(job.path("attempts")).hasSize(1);
    }

    @Test
    void aPrivateRepositoryIsReadWithTheProjectsCredential() throws IOException {
        var password = "p4ss/w0rd+of the repository";
        var repository = Repository.create(directory.resolve("private"));
        repository
                .write(
                        ".headrace.yml",
                        """
                        name: private
                        jobs:
                          look:
                            steps:
                              - name: look
                                run: cat .git/config .headrace.yml && git log && env
                        """)
                .commit("first");
        try (var host =
                PrivateRepository.of(repository, directory.resolve("served"), "ada", password)) {
            var source = Map.of("type", "git", "url", host.url(), "branch", "main");
            api.post("/api/v1/projects", Map.of("name", "private", "source", source)).ok();

            var refused = finished("private");
            assertThat(refused.path("reason").asText())
                    .startsWith(host.url() + " refused the login; give the project a credential");

            api.put(
                            "/api/v1/projects/private/credential",
                            Map.of("type", "password", "user", "ada", "secret", password))
                    .ok();
            var run = finished("private");
            assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("SUCCEEDED");

            var elsewhere = Map.of("type", "git", "url", host.url() + "/", "branch", "main");
            api.put("/api/v1/projects/private", Map.of("source", elsewhere)).ok();
            assertThat(finished("private").path("reason").asText())
                    .startsWith(
                            "The address of project 'private' was changed after its credential was given");
        }
        assertNoFileHolds(password, base64("ada:" + password));
    }

    private static void project(String name, String pipeline) throws IOException {
        var repository = Repository.create(directory.resolve(name));
        repository.write(".headrace.yml", pipeline).commit("Add a pipeline");
        api.addProject(name, repository.path());
    }

    private static void set(String project, String name, String value) {
        api.put("/api/v1/projects/" + project + "/secrets/" + name, Map.of("value", value)).ok();
    }

    private static JsonNode finished(String project) {
        return api.finished(api.start(project, Map.of()).path("id").asText(), PATIENCE);
    }

    private static String attempt(JsonNode run, int job) {
        return run.path("jobs").get(job).path("attempts").get(0).path("id").asText();
    }

    private static void assertHidden(String token, String inUrl, String key, String... places) {
        for (var place : places) {
            assertThat(place).doesNotContain(token, inUrl, key, base64(token));
        }
    }

    /** Returns the part of the text in base64 that does not depend on what follows. */
    private static String base64(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(bytes).substring(0, bytes.length / 3 * 4);
    }

    private static void assertNoFileHolds(String... forms) throws IOException {
        List<Path> files;
        try (var all = Files.walk(server.home())) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSizeGreaterThan(10);
        for (var file : files) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as("%s", file)
                    .doesNotContain(forms);
        }
    }
}
