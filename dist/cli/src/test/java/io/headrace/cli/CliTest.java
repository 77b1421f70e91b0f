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
        var problem = Server.JSON.readTree(text(out)).get(0);
        assertThat(problem.path("line").asInt()).isEqualTo(5);
        assertThat(problem.path("job").asText()).isEqualTo("build");
        assertThat(problem.path("step").asText()).isEqualTo("step-1");
        assertThat(problem.path("path").asText()).isEqualTo("jobs.build.steps[0].rum");
        assertThat(problem.path("help").asText()).isEqualTo("docs/problems.md#hr1101");
    }

    @Test
    void whatLacksANameIsRefusedIfAskedFor() throws IOException {
        var file = write("name: x\njobs: {build: {steps: [{run: make}]}}\n");

        assertThat(run("lint", file)).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(run("lint", "--strict", file)).isEqualTo(ExitCode.INVALID);
        assertThat(text(out))
                .contains("error HR1205: step 1 has no name, and in strict mode it needs one");
        assertThat(run("plan", "--strict", file)).isEqualTo(ExitCode.INVALID);
        assertThat(run("explain", "--strict", file, "build")).isEqualTo(ExitCode.INVALID);
        assertThat(run("plan", file)).isEqualTo(ExitCode.SUCCEEDED);
    }

    @Test
    void whatBecomesOfUndefinedVariablesCanBeChosen() throws IOException {
        var file =
                write(
                        """
                        name: x
                        jobs:
                          build:
                            environment: {A: "<${NONE}>"}
                            steps: [{name: make, run: make}]
                        """);

        assertThat(run("plan", file)).isEqualTo(ExitCode.INVALID);
        assertThat(text(out)).contains("variable 'NONE' has no value when the run is planned");
        assertThat(run("plan", "--undefined", "error", file)).isEqualTo(ExitCode.INVALID);
        assertThat(run("plan", "--undefined", "empty", file)).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(run("explain", "--undefined", "literal", file, "build"))
                .isEqualTo(ExitCode.SUCCEEDED);
        assertThat(text(out)).contains("<${NONE}>");
    }

    @Test
    void aProblemOutsideOfJobsNamesNone() throws IOException {
        var file = write("name: x\njbos: {}\n");

        assertThat(run("lint", "--json", file)).isEqualTo(ExitCode.INVALID);
        var problem = Server.JSON.readTree(text(out)).get(1);
        assertThat(problem.path("path").asText()).isEqualTo("jbos");
        assertThat(problem.has("job")).isFalse();
        assertThat(problem.has("step")).isFalse();
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

    private static final String WRONG = "name: x\njobs:\n  build:\n    steps:\n      - rum: make\n";

    @Test
    void aProblemIsToldWithItsContextAndItsPage() throws IOException {
        assertThat(run("lint", write(WRONG))).isEqualTo(ExitCode.INVALID);
        assertThat(text(out))
                .contains("      │ in job 'build', step 'step-1'\n")
                .contains("      = did you mean 'run'?\n", "      = docs/problems.md#hr1101\n")
                .endsWith("2 errors, 1 warning in 1 file\n")
                .doesNotContain("\u001b");
        assertThat(text(out).indexOf(": warning "))
                .isGreaterThan(text(out).lastIndexOf(": error "));
    }

    @Test
    void problemsAreAvailableAsSarif() throws IOException {
        var file = write(WRONG);

        assertThat(run("lint", "--sarif", file)).isEqualTo(ExitCode.INVALID);

        var sarif = Server.JSON.readTree(text(out));
        assertThat(sarif.path("version").asText()).isEqualTo("2.1.0");
        var tool = sarif.at("/runs/0/tool/driver");
        assertThat(tool.path("name").asText()).isEqualTo("headrace");
        var result = sarif.at("/runs/0/results/0");
        assertThat(result.path("level").asText()).isEqualTo("error");
        assertThat(tool.path("rules").path(result.path("ruleIndex").asInt()).path("id").asText())
                .isEqualTo(result.path("ruleId").asText());
        assertThat(result.at("/message/text").asText()).contains("unknown key 'rum'");
        var place = result.at("/locations/0/physicalLocation");
        assertThat(place.at("/artifactLocation/uri").asText()).isEqualTo(file);
        assertThat(place.at("/region/startLine").asInt()).isEqualTo(5);
        assertThat(place.at("/region/startColumn").asInt()).isEqualTo(9);
        assertThat(place.at("/region/endColumn").asInt()).isEqualTo(12);
        assertThat(sarif.at("/runs/0/columnKind").asText()).isEqualTo("unicodeCodePoints");
        assertThat(result.path("properties").toString())
                .isEqualTo(
                        """
                        {"path":"jobs.build.steps[0].rum","job":"build","step":"step-1",\
                        "help":"docs/problems.md#hr1101"}\
                        """);
        assertThat(tool.at("/rules/0/help/text").asText())
                .isEqualTo("See docs/problems.md#hr1101.");
    }

    @Test
    void jsonAndSarifExcludeEachOther() throws IOException {
        assertThat(run("lint", "--json", "--sarif", write(WRONG))).isEqualTo(ExitCode.INVALID);
        assertThat(text(err)).contains("mutually exclusive");
    }

    @Test
    void aPlanIsDrawnAsSvgToo() throws IOException {
        var svg = directory.resolve("plan.svg");
        var file = write("name: x\njobs:\n  build: {steps: [{name: make, run: make}]}\n");

        assertThat(run("plan", file, "--svg", svg.toString())).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(svg).content().startsWith("<svg xmlns").contains(">build</text>");
    }

    @Test
    void aFileIsFormattedInPlace() throws IOException {
        var file = write("jobs:\n    build: {steps: [{name: make, run: make}]} # all\nname: x\n");

        assertThat(run("fmt", "--check", file)).isEqualTo(ExitCode.FAILED);
        assertThat(run("fmt", "--diff", file)).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(text(out))
                .contains(
                        file + " is not formatted",
                        "@@ -1,3 +1,3 @@",
                        "-jobs:\n-    build: {",
                        " name: x\n+jobs:\n+  build: {");
        assertThat(run("fmt", file)).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(Path.of(file))
                .hasContent(
                        "name: x\njobs:\n  build: {steps: [{name: make, script: make}]} # all\n");
        assertThat(run("fmt", "--check", file)).isEqualTo(ExitCode.SUCCEEDED);
    }

    @Test
    void aFileWithErrorsIsNotFormatted() throws IOException {
        var file = write(WRONG);

        assertThat(run("fmt", file)).isEqualTo(ExitCode.INVALID);
        assertThat(text(out))
                .contains("unknown key 'rum'", file + " has errors and stays as it is");
        assertThat(Path.of(file)).hasContent(WRONG);
    }

    @Test
    void aJobIsExplained() throws IOException {
        var file =
                write(
                        """
                        name: x
                        env: {LEVEL: low}
                        jobs:
                          build:
                            if: branch == "main"
                            env: {LEVEL: high}
                            steps: [{name: make, run: make}]
                        """);

        assertThat(run("explain", file, "build", "--branch", "dev")).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(text(out))
                .contains("○ is skipped: branch == \"main\" with branch = \"dev\" is not true")
                .contains("LEVEL  high            job, " + file + ":6")
                .contains("instead of low  pipeline, " + file + ":2");
        assertThat(run("explain", file, "biuld")).isEqualTo(ExitCode.INVALID);
        assertThat(text(err)).contains("The pipeline has no job 'biuld'; did you mean 'build'?");
    }

    @Test
    void whatIsGeneratedIsSaidToBeKnownLater() throws IOException {
        var file =
                write(
                        """
                        name: x
                        generate: ./generate > "$HEADRACE_PIPELINE"
                        jobs:
                          publish:
                            needs: [not-yet]
                            steps: [{name: make, run: make}]
                        """);

        assertThat(run("plan", file)).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(text(out))
                .contains("1 job in 1 level")
                .contains("1  ●  generate")
                .contains("The rest is known when 'generate' has run.")
                .doesNotContain("publish");
        out.reset();
        assertThat(run("plan", file, "--json")).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(Server.JSON.readTree(text(out)).at("/plan/generator").asText())
                .isEqualTo("generate");
        assertThat(run("explain", file, "generate")).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(run("explain", file, "publish")).isEqualTo(ExitCode.INVALID);
        assertThat(text(err))
                .contains(
                        "Job 'publish' is not known yet: all jobs but 'generate' are planned when"
                                + " that one has run");
        out.reset();
        assertThat(run("lint", file)).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(text(out))
                .contains(
                        "No problems in 1 file",
                        "What 'generate' writes is checked when it has run.");
    }

    @Test
    void whyAJobCannotBeExplainedIsJsonWhereThatIsAskedFor() throws IOException {
        assertThat(run("explain", write(WRONG), "build", "--json")).isEqualTo(ExitCode.INVALID);
        assertThat(Server.JSON.readTree(text(out)).at("/problems/0/message").asText())
                .isEqualTo("unknown key 'rum'");
    }

    @Test
    void aPlanAsJsonHasOneShapeAndTellsWarningsToo() throws IOException {
        var warned =
                write(
                        """
                        name: x
                        jobs:
                          build:
                            approval: true
                            steps: [{name: make, run: make}]
                        """);
        assertThat(run("plan", warned, "--json")).isEqualTo(ExitCode.SUCCEEDED);
        var planned = Server.JSON.readTree(text(out));
        out.reset();
        assertThat(run("plan", write(WRONG), "--json")).isEqualTo(ExitCode.INVALID);
        var refused = Server.JSON.readTree(text(out));

        assertThat(planned.path("valid").asBoolean()).isTrue();
        assertThat(planned.at("/problems/0/code").asText()).isEqualTo("HR1199");
        assertThat(planned.at("/plan/levels/0/0").asText()).isEqualTo("build");
        assertThat(refused.path("valid").asBoolean()).isFalse();
        assertThat(refused.at("/problems/0/message").asText()).isEqualTo("unknown key 'rum'");
        assertThat(refused.has("plan")).isFalse();
    }

    @Test
    void parametersMayBeCalledVariables() throws IOException {
        var file =
                write(
                        """
                        name: x
                        parameters: {version: {type: string, default: "1"}}
                        jobs:
                          build:
                            if: parameters.version == "2"
                            steps: [{name: make, run: make}]
                        """);

        assertThat(run("plan", file, "--var", "version=2")).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(text(out)).contains("●  build");
    }

    @Test
    void theSchemaIsPrinted() throws IOException {
        assertThat(run("schema")).isEqualTo(ExitCode.SUCCEEDED);
        assertThat(Server.JSON.readTree(text(out)).path("title").asText())
                .isEqualTo("Headrace pipeline");
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

    @Test
    void aPrivateKeyIsNotAskedForAtATerminal() throws Exception {
        var command =
                "%s/bin/java -cp %s io.headrace.cli.Cli credential set shop --ssh-key"
                        .formatted(
                                System.getProperty("java.home"),
                                System.getProperty("java.class.path"));
        // Gives it a terminal, on which somebody pastes a key.
        var process =
                new ProcessBuilder("script", "-qec", command, "/dev/null")
                        .redirectErrorStream(true)
                        .start();
        try (var typed = process.outputWriter()) {
            typed.write("-----BEGIN OPENSSH PRIVATE KEY-----\n");
        }

        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isEqualTo(ExitCode.INVALID);
        assertThat(printed)
                .contains(
                        "headrace: A private key can't be typed; give its file on standard input");
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
