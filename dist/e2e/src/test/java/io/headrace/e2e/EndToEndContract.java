package io.headrace.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.headrace.engine.plugin.SamplePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person does on the first day, in a browser. It must work the same wherever the WAR runs:
 * say how to start it, and run.
 */
abstract class EndToEndContract {

    private static final String NAME = "miller";
    private static final String PASSWORD = "a password for the mill";
    private static final String GREET =
            """
            name: greet
            jobs:
              greet:
                steps:
                  - name: welcome
                    uses: greet
                    with:
                      name: Ada
            """;

    /** Far more than it takes when nothing runs, far less than any wait for what runs. */
    private static final Duration STOP = Duration.ofSeconds(10);

    private @TempDir Path directory;

    /**
     * Starts a server that was never started before.
     *
     * @param directory for whatever is needed to start it; empty
     * @param home of Headrace; empty
     */
    abstract ServerProcess start(Path directory, Path home) throws IOException;

    @Test
    void aPersonSetsUpRunsAPipelineWatchesItAndAddsAPlugin() throws IOException {
        var home = directory.resolve("home");
        try (var server = start(Files.createDirectory(directory.resolve("container")), home)) {
            visit(server);

            assertThat(server.stop(STOP)).as("stopped within %s", STOP).isTrue();
        }
    }

    private void visit(ServerProcess server) throws IOException {
        try (var visit = Visit.begin(server.url())) {
            setUp(visit, server.setupLink());
            logOutAndIn(visit);
            var repository = addProject(visit);
            buildAndWatch(visit, repository);
            installPlugin(visit);
            greet(visit, repository);
            uninstallPlugin(visit);

            visit.assertNothingWentWrong();
        }
    }

    private static void setUp(Visit visit, String link) {
        visit.page().navigate(link);
        visit.fill("Name", NAME);
        visit.fill("Password", PASSWORD);
        visit.fill("Password again", PASSWORD);
        visit.press("Create administrator");

        assertThat(visit.control(AriaRole.HEADING, "Runs")).isVisible();
    }

    private static void logOutAndIn(Visit visit) {
        visit.control(AriaRole.MENUITEM, "Account").click();
        visit.control(AriaRole.MENUITEM, "Log out").click();
        assertThat(visit.page().getByText("Log in to Headrace")).isVisible();

        visit.fill("Name", NAME);
        visit.fill("Password", PASSWORD);
        visit.press("Log in");

        assertThat(visit.control(AriaRole.HEADING, "Runs")).isVisible();
    }

    private Repository addProject(Visit visit) throws IOException {
        var repository = Repository.create(directory.resolve("mill"));
        visit.follow("Projects");
        assertThat(visit.control(AriaRole.HEADING, "Projects")).isVisible();
        visit.follow("Add a project");
        visit.fill("Name", "mill");
        visit.fill("Repository", repository.path().toString());
        visit.press("Add project");

        assertThat(visit.page().getByText("No runs yet")).isVisible();
        return repository;
    }

    private void buildAndWatch(Visit visit, Repository repository) throws IOException {
        var grain = new byte[100_000];
        new Random(7).nextBytes(grain);
        Files.write(repository.path().resolve("grain.bin"), grain);
        var gate = directory.resolve("gate");
        repository.write(".headrace.yml", pipelineThatWaitsFor(gate)).commit("Grind");

        var log = run(visit, "build");
        assertThat(line(log, "the wheel turns")).isVisible();
        assertThat(state(visit)).hasText("Running");
        assertThat(line(log, "the flour is ground")).hasCount(0);
        visit.page().evaluate("window.neverReloaded = true");

        Files.createFile(gate);
        assertThat(line(log, "the flour is ground")).isVisible();
        assertThat(state(visit)).hasText("Succeeded");
        var artifacts = visit.control(AriaRole.REGION, "Artifacts");
        var download =
                visit.page()
                        .waitForDownload(() ->
                                artifacts
                                        .getByRole(AriaRole.LINK)
                                        .getByText("out/flour.bin")
                                        .click());
        assertThat(download.suggestedFilename()).isEqualTo("flour.bin");
        assertThat(Files.readAllBytes(download.path())).isEqualTo(grain);
        assertThat(visit.page().evaluate("window.neverReloaded")).isEqualTo(true);
    }

    private static String pipelineThatWaitsFor(Path file) {
        return """
        name: build
        jobs:
          build:
            steps:
              - name: grind
                run: |
                  echo "the wheel turns"
                  while [ ! -e '%s' ]; do sleep 0.1; done
                  mkdir out
                  cp grain.bin out/flour.bin
                  echo "the flour is ground"
            artifacts:
              flour: out/*
        """
                .formatted(file);
    }

    private void installPlugin(Visit visit) throws IOException {
        var zip = SamplePlugin.build(directory.resolve("sample/greetings.zip"));
        visit.follow("Plugins");
        visit.page().waitForFileChooser(() -> visit.press("Install a plugin")).setFiles(zip);

        assertThat(visit.page().getByText("Plugin 'greetings' 1.0.0 is installed and works."))
                .isVisible();
        assertThat(visit.control(AriaRole.LINK, "Greetings")).isVisible();
    }

    private static void greet(Visit visit, Repository repository) throws IOException {
        repository.write(".headrace.yml", GREET).commit("Greet");
        visit.follow("Projects");
        visit.follow("mill");

        var log = run(visit, "greet");
        assertThat(line(log, "Hello, Ada!")).isVisible();
        assertThat(state(visit)).hasText("Succeeded");

        visit.follow("Greetings");
        assertThat(visit.page().getByText("Greetings said: 1")).isVisible();
        assertThat(visit.control(AriaRole.CELL, "Hello, Ada!")).isVisible();
    }

    private static void uninstallPlugin(Visit visit) {
        visit.follow("Plugins");
        visit.press("Uninstall greetings");
        visit.press("Uninstall");

        assertThat(visit.page().getByText("Plugin 'greetings' is uninstalled")).isVisible();
        assertThat(visit.control(AriaRole.LINK, "Greetings")).hasCount(0);
        assertThat(visit.control(AriaRole.LINK, "greetings")).hasCount(0);
    }

    /** Runs the project whose page is open, and returns the log of {@code job}. */
    private static Locator run(Visit visit, String job) {
        visit.press("Run now");
        visit.press("Run");
        return visit.control(AriaRole.LOG, "Log of " + job);
    }

    private static Locator line(Locator log, String text) {
        return log.getByText(text, new Locator.GetByTextOptions().setExact(true));
    }

    /** The state of the run, above its jobs. */
    private static Locator state(Visit visit) {
        return visit.page().locator(".run-facts .state");
    }
}
