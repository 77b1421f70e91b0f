package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {

    private @TempDir Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aValidFileHasNoProblems() throws IOException {
        var file =
                write(
                        "name: x\njobs:\n  build:\n    steps:\n      - name: make\n        run: make\n");

        assertThat(run("lint", file)).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(text(out)).contains("No problems in 1 file");
    }

    @Test
    void aWrongFileIsShownWithItsLineAndACaret() throws IOException {
        var file = write("name: x\njobs:\n  build:\n    steps:\n      - rum: make\n");

        assertThat(run("lint", file)).isEqualTo(ExitCode.INVALID);
        assertThat(text(out))
                .contains(file + ":5:9: error HR")
                .contains("    5 │       - rum: make")
                .contains("^^^");
    }

    @Test
    void problemsAreAvailableAsJson() throws IOException {
        var file = write("name: x\njobs:\n  build:\n    steps:\n      - rum: make\n");

        assertThat(run("lint", "--json", file)).isEqualTo(ExitCode.INVALID);
        assertThat(Server.JSON.readTree(text(out)).get(0).path("line").asInt()).isEqualTo(5);
    }

    @Test
    void aPlanIsShownByLevels() throws IOException {
        var file =
                write(
                        """
                        name: x
                        jobs:
                          build:
                            steps:
                              - run: make
                          publish:
                            needs: build
                            if: branch == "main"
                            steps:
                              - run: make publish
                        """);

        assertThat(run("plan", file, "--branch", "dev")).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(text(out))
                .contains("x · manual on dev · 2 jobs in 2 levels")
                .contains(
                        "1  ●  build\n",
                        "2  ○  publish  skipped: branch == \"main\" with branch = \"dev\"");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(run("lint", directory.resolve("none.yml").toString()))
                .isEqualTo(ExitCode.INVALID);
        assertThat(text(err)).contains("There is no file " + directory.resolve("none.yml"));
    }

    @Test
    void anArgumentThatBeginsWithAnAtIsNotReadFromAFile() throws IOException {
        var secret = Files.writeString(directory.resolve("secret"), "--help\n");

        assertThat(run("lint", "@" + secret)).isEqualTo(ExitCode.INVALID);
        assertThat(text(err)).contains("There is no file @" + secret);
    }

    @Test
    void aMisspeltCommandIsWrongUsage() {
        assertThat(run("rnus")).isEqualTo(ExitCode.INVALID);
        assertThat(text(err)).contains("'rnus'").contains("headrace --help");
    }

    @Test
    void aServerThatIsNotThereCanNotBeReached() {
        assertThat(run("--url", "http://127.0.0.1:9", "--token", "hrt_x", "runs"))
                .isEqualTo(ExitCode.UNREACHABLE);
        assertThat(text(err))
                .contains("http://127.0.0.1:9 can't be reached")
                .contains("headrace server");
    }

    @Test
    void withoutATokenPeopleAreToldHowToLogIn() {
        assertThat(run("--url", "http://ci.example.com", "runs")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(text(err))
                .contains("Not logged in to http://ci.example.com")
                .contains("headrace login http://ci.example.com --token TOKEN");
    }

    @Test
    void loginNeedsAToken() {
        assertThat(run("login", "http://ci.example.com")).isEqualTo(ExitCode.INVALID);
        assertThat(text(err)).contains("--token is missing");
    }

    private String write(String pipeline) throws IOException {
        return Files.writeString(directory.resolve("pipeline.yml"), pipeline).toString();
    }

    private int run(String... arguments) {
        var environment = new HashMap<>(Map.of("XDG_CONFIG_HOME", directory.toString()));
        environment.put("HEADRACE_HOME", directory.toString());
        return Cli.execute(
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
