package io.headrace.e2e.bench;

import io.headrace.e2e.Api;
import io.headrace.e2e.Repository;
import io.headrace.e2e.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A step that prints 100 MB in a million lines. */
@Command(name = "log", description = "A step that prints 100 MB in a million lines.")
final class LogBench implements Callable<Integer> {

    private static final int LINES = 1_000_000;
    private static final String COMMAND =
            "seq -f '%07.0f the quick brown fox jumps over the lazy dog while the water turns the wheel of the old stone mill' 1 "
                    + LINES;
    private static final double RATIO = 1.5;

    /**
     * As many times the command and, right after it, the job is run; the median of their ratios
     * counts, so that whatever else the machine does weighs on both.
     */
    private static final int PAIRS = 7;

    private static final long HEAP_BYTES = 32L << 20;
    private static final double OPEN_MILLIS = 1000;
    private static final double LINK_MILLIS = 500;

    /** A pause that one sees. */
    private static final double PAUSE_MILLIS = 100;

    @Override
    public Integer call() throws Exception {
        var directory = Files.createTempDirectory("headrace-bench");
        try (var server = ServerProcess.selfStarted(directory.resolve("home"))) {
            var api = server.api();
            var repository = Repository.create(directory.resolve("loud"));
            var commit =
                    repository
                            .write(
                                    ".headrace.yml",
                                    "name: loud\njobs:\n  loud:\n    checkout: false\n    steps:\n      - name: loud\n        run: \"%s\"\n"
                                            .formatted(COMMAND))
                            .commit("loud");
            api.addProject("loud", repository.path());
            var run = run(api, commit);
            awaitQuiet(server);
            var before = Bench.heapAfterCollection(server.pid());
            var files = new double[PAIRS];
            var ratios = new double[PAIRS];
            for (var pair = 0; pair < PAIRS; pair++) {
                awaitQuiet(server);
                files[pair] = toFile(directory.resolve("out.txt"));
                run = run(api, commit);
                ratios[pair] = seconds(run) / files[pair];
            }
            var after = Bench.heapAfterCollection(server.pid());
            var attempt = run.path("jobs").get(0).path("attempts").get(0);
            Arrays.sort(files);
            Arrays.sort(ratios);
            var ratio = ratios[PAIRS / 2];
            var growth = Math.max(0, after - before);
            var id = attempt.path("id").asText();
            var middle = read(api, id, LINES / 2);
            var end = read(api, id, LINES - 200);
            Bench.note(
                    "the command, writing to a file",
                    String.format(Locale.ROOT, "%.2f s", files[PAIRS / 2]));
            Bench.note(
                    "the step, over the command, least and most",
                    String.format(Locale.ROOT, "%.2f, %.2f x", ratios[0], ratios[PAIRS - 1]));
            Bench.row(
                    "the step, over the command, median of " + PAIRS,
                    String.format(Locale.ROOT, "%.2f x", ratio),
                    "<= 1.5 x",
                    ratio <= RATIO);
            Bench.row(
                    "growth of the heap", Bench.megabytes(growth), "< 32 MB", growth < HEAP_BYTES);
            Bench.row(
                    "200 lines in the middle, over HTTP",
                    Bench.millis(middle),
                    "< 500 ms",
                    middle < LINK_MILLIS);
            Bench.row(
                    "200 lines at the end, over HTTP",
                    Bench.millis(end),
                    "< 500 ms",
                    end < LINK_MILLIS);
            var pages = pages(server, run.path("id").asText());
            return ratio <= RATIO
                            && growth < HEAP_BYTES
                            && middle < LINK_MILLIS
                            && end < LINK_MILLIS
                            && pages
                    ? 0
                    : 1;
        } finally {
            Bench.delete(directory);
        }
    }

    private static boolean pages(ServerProcess server, String run) throws IOException {
        var path = "/runs/" + run;
        var last = "%07d the quick".formatted(LINES);
        var middle = Integer.toString(LINES / 2);
        try (var browser = PageBench.of(server)) {
            var open = browser.open(path, ".log-row", last);
            var click = browser.click(path, ".log-row", last);
            var link = browser.open(path + "?job=loud#L" + LINES / 2, ".log-row.marked", middle);
            var frame = browser.longestFrame(path);
            Bench.row("the run page, to the end", Bench.millis(open), "< 1 s", open < OPEN_MILLIS);
            Bench.row(
                    "the same, by a click in the list of runs",
                    Bench.millis(click),
                    "< 1 s",
                    click < OPEN_MILLIS);
            Bench.row(
                    "a line in the middle, by its link",
                    Bench.millis(link),
                    "< 500 ms",
                    link < LINK_MILLIS);
            Bench.row(
                    "longest frame while scrolling through all of it",
                    Bench.millis(frame),
                    "< 100 ms",
                    frame < PAUSE_MILLIS);
            return open < OPEN_MILLIS
                    && click < OPEN_MILLIS
                    && link < LINK_MILLIS
                    && frame < PAUSE_MILLIS;
        }
    }

    private static com.fasterxml.jackson.databind.JsonNode run(Api api, String commit) {
        var id = api.start("loud", Map.of("ref", "main", "commit", commit)).path("id").asText();
        var run = api.finished(id, Duration.ofMinutes(3));
        if (!run.path("status").asText().equals("SUCCEEDED")) {
            throw new AssertionError(run);
        }
        return run;
    }

    /** Returns how long the one step took. */
    private static double seconds(com.fasterxml.jackson.databind.JsonNode run) {
        var step = run.path("jobs").get(0).path("attempts").get(0).path("steps").get(0);
        return Duration.between(
                                Instant.parse(step.path("startedAt").asText()),
                                Instant.parse(step.path("finishedAt").asText()))
                        .toNanos()
                / 1e9;
    }

    /** Waits until the server has compressed the log before, so that one job alone is measured. */
    private static void awaitQuiet(ServerProcess server) throws IOException, InterruptedException {
        double used;
        do {
            var before = Bench.cpuMillis(server);
            Thread.sleep(Duration.ofMillis(300));
            used = Bench.cpuMillis(server) - before;
        } while (used > 30);
    }

    private static double toFile(Path file) throws Exception {
        var begin = System.nanoTime();
        new ProcessBuilder("/bin/sh", "-c", COMMAND)
                .redirectOutput(file.toFile())
                .start()
                .waitFor();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double read(Api api, String attempt, long from) {
        var begin = System.nanoTime();
        var answer = api.get("/api/v1/attempts/%s/log?from=%d&limit=200".formatted(attempt, from));
        answer.ok();
        var millis = (System.nanoTime() - begin) / 1e6;
        var text = new String(answer.raw().body(), java.nio.charset.StandardCharsets.UTF_8);
        if (!text.contains("the old stone mill") || text.lines().count() != 200) {
            throw new AssertionError("Not 200 lines from " + from + ": " + text.lines().count());
        }
        return millis;
    }
}
