package io.headrace.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.e2e.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code lint} and {@code plan}, which need no server, and the program itself. */
@ExtendWith(Site.Shared.class)
class FileCommandTest {

    private @TempDir Path directory;

    @Test
    void filesAreCheckedTogether(Site site) throws IOException {
        var headrace = site.stranger(directory);
        var right = Build.root().resolve(".headrace.yml").toString();
        var wrong =
                Files.writeString(
                                directory.resolve("wrong.yml"),
                                "name: x\njobs:\n  build:\n    steps:\n      - rum: make\n")
                        .toString();

        var clean = headrace.run("lint", right);
        var both = headrace.run("lint", right, wrong);
        var asJson = headrace.run("lint", "--json", wrong);

        assertThat(clean.code()).as(clean.toString()).isZero();
        assertThat(clean.out()).isEqualTo("No problems in 1 file\n");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.out())
                .contains(wrong + ":5:9: error HR")
                .contains("    5 │       - rum: make");
        assertThat(asJson.code()).isEqualTo(2);
        assertThat(asJson.out()).contains("\"line\" : 5").contains("\"column\" : 9");
    }

    @Test
    void aServerChecksFilesWithItsOwnLimitsAndTheFilesThatTheyInclude(Site site)
            throws IOException {
        var headrace = site.headrace();
        Files.writeString(
                directory.resolve("more.yml"), "jobs: {more: {steps: [{name: a, run: make}]}}\n");
        var file =
                Files.writeString(
                                directory.resolve("ci.yml"),
                                """
                                name: x
                                include: [more.yml]
                                jobs:
                                  build: {labels: [nobody-has-it], steps: [{name: a, run: make}]}
                                """)
                        .toString();

        var here = headrace.run("lint", file);
        var there = headrace.run("lint", "--server", file);
        var asJson = headrace.json("lint", "--server", "--json", file);

        assertThat(here.out()).isEqualTo("No problems in 1 file\n");
        assertThat(there.code()).as(there.toString()).isZero();
        assertThat(there.out())
                .contains(file + ":4:", "warning HR1310")
                .contains("0 errors, 1 warning in 1 file");
        assertThat(asJson.at("/0/code").asText()).isEqualTo("HR1310");
        assertThat(headrace.run("lint", "--server", "--strict", file).err())
                .contains("--strict is for the server to decide (pipeline.strict); leave it out");
        assertThat(headrace.run("lint", "--project", "x", file).err())
                .contains("--project needs --server");
    }

    @Test
    void aPlanIsShownByLevels(Site site) throws IOException {
        var headrace = site.stranger(directory);
        var demo = Build.root().resolve("docs/examples/demo/.headrace.yml").toString();

        var plan = headrace.run("plan", demo, "--branch", "main");
        var asJson = headrace.json("plan", demo, "--json");
        var push = headrace.run("plan", demo, "--event", "push");

        assertThat(plan.code()).as(plan.toString()).isZero();
        assertThat(plan.out())
                .contains(" in 4 levels\n")
                .contains("○", "publish")
                .contains(
                        "skipped: event == \"tag\" && startsWith(tag, \"v\") with event = \"manual\"");
        assertThat(asJson.at("/plan/levels").size()).isEqualTo(4);
        assertThat(push.code()).as(push.toString()).isZero();
        assertThat(push.out()).contains(" with event = \"push\"");
    }

    @Test
    void theToolsWorkOnTheUsualFileWithoutAServer(Site site) throws IOException {
        var headrace = site.stranger(directory);
        var own = Build.root().resolve(".headrace.yml").toString();
        var copy = Files.copy(Path.of(own), directory.resolve("copy.yml")).toString();

        var formatted = headrace.run("fmt", copy);
        var again = headrace.run("fmt", "--check", copy);
        var sarif = headrace.json("lint", "--sarif", copy);
        var drawn = headrace.run("plan", own, "--svg", directory.resolve("own.svg").toString());
        var explained = headrace.run("explain", own, "done", "--event", "push");
        var schema = headrace.json("schema");

        assertThat(formatted.code()).as(formatted.toString()).isZero();
        assertThat(again.code()).as(again.toString()).isZero();
        assertThat(sarif.at("/runs/0/results")).isEmpty();
        assertThat(drawn.code()).as(drawn.toString()).isZero();
        assertThat(directory.resolve("own.svg")).content().contains("test ×");
        assertThat(explained.out()).contains("waits for smoke (depends_on)");
        assertThat(schema.path("$defs").size()).isGreaterThan(20);
    }

    @Test
    void withoutACommandTheHelpIsShown(Site site) throws IOException {
        var headrace = site.stranger(directory);

        assertThat(headrace.run("--help").out())
                .contains("Usage: headrace")
                .contains("login", "project", "run", "runs", "show", "logs", "cancel", "rerun")
                .contains("artifacts", "queue", "workers", "plugin", "lint", "plan");
        assertThat(headrace.run("help", "run").out()).contains("--follow");
        assertThat(headrace.run("--version").out()).startsWith("headrace ");
    }

    @Test
    void aMisspeltCommandIsWrongUsage(Site site) throws IOException {
        var ended = site.stranger(directory).run("rnus");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("Unmatched argument at index 0: 'rnus'")
                .contains("headrace --help");
    }
}
