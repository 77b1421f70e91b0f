package io.headrace.e2e.bench;

import io.headrace.language.Includes;
import io.headrace.language.PipelineParser;
import io.headrace.language.PipelineProblem;
import io.headrace.language.PlanEvent;
import io.headrace.language.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pipeline files to measure with: usual ones, large ones, and such as nobody means well. */
final class HostileFiles {

    private static final String STEPS = "steps: [{name: make, run: make}]";

    private HostileFiles() {}

    /** Returns a pipeline of layers of ten jobs; 10,000 of them just fit into a file. */
    static String usual(int jobs) {
        var text = new StringBuilder("name: usual\nglobal_env: {LEVEL: high}\njobs:\n");
        for (int i = 0; i < jobs; i++) {
            var needs = i < 10 ? "" : "needs: [job-%d], ".formatted(i - 10);
            text.append("  job-%d: {%simage: maven:3, env: {N: \"%d\"}, ".formatted(i, needs, i));
            text.append("steps: [{name: make, run: make}]}\n");
        }
        return text.toString();
    }

    static String chain(int jobs) {
        return IntStream.range(0, jobs)
                .mapToObj(i ->
                        "  job%d: {%s%s}\n"
                                .formatted(i, i == 0 ? "" : "needs: job" + (i - 1) + ", ", STEPS))
                .collect(Collectors.joining("", "name: chain\njobs:\n", ""));
    }

    /** Every job of a stage waits for every job of the one before. */
    static String layers(int layers, int width) {
        var text = new StringBuilder("name: layers\nstages: [");
        for (int layer = 0; layer < layers; layer++) {
            text.append("s%d, ".formatted(layer));
        }
        text.append("last]\njobs:\n");
        for (int layer = 0; layer < layers; layer++) {
            for (int i = 0; i < width; i++) {
                text.append("  j%d-%d: {stage: s%d, %s}\n".formatted(layer, i, layer, STEPS));
            }
        }
        return text.toString();
    }

    static List<String> names() {
        return List.of(
                "alias bomb",
                "10 MB file",
                "depth 10,000",
                "1 M keys",
                "matrix of 10^9",
                "include loop",
                "regex that backtracks");
    }

    private static String text(String name) {
        return switch (name) {
            case "alias bomb" ->
                    IntStream.range(1, 40)
                            .mapToObj(i ->
                                    "x-%d: &a%d [%s]\n"
                                            .formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)))
                            .collect(Collectors.joining("", "x-0: &a0 [x]\n", "jobs: *a39\n"));
            case "10 MB file" -> "name: large\n" + "x-padding: [1, 2, 3]\n".repeat(500_000);
            case "depth 10,000" -> "name: " + "[".repeat(10_000) + "]".repeat(10_000);
            case "1 M keys" ->
                    IntStream.range(0, 1_000_000)
                            .mapToObj(i -> Integer.toString(i, 36) + ":\n")
                            .collect(Collectors.joining());
            case "matrix of 10^9" ->
                    "name: x\njobs: {build: {matrix: {%s}, %s}}"
                            .formatted(
                                    IntStream.range(0, 9)
                                            .mapToObj(i ->
                                                    "a%d: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"
                                                            .formatted(i))
                                            .collect(Collectors.joining(", ")),
                                    STEPS);
            case "include loop" -> "name: x\ninclude: a.yml\njobs: {build: {%s}}".formatted(STEPS);
            default ->
                    "name: x\nparameters: {p: {pattern: \"(a*)*(b|a)*c\"}}\njobs: {build: {%s}}"
                            .formatted(STEPS);
        };
    }

    /** Reads one of these files and prints the milliseconds that it took and the first problem. */
    public static void main(String[] arguments) {
        var text = text(arguments[0]);
        Includes includes =
                (_, path) ->
                        Includes.Included.of(
                                "include: " + (path.equals("a.yml") ? "b.yml" : "a.yml"));
        long begin = System.nanoTime();
        var parsed = new PipelineParser().parse("ci.yml", text, includes);
        var problems = new ArrayList<>(parsed.problems());
        var pipeline = parsed.pipeline();
        if (pipeline != null) {
            var event =
                    new PlanEvent(
                            "bench",
                            PlanEvent.Type.MANUAL,
                            "refs/heads/main",
                            "main",
                            null,
                            "0".repeat(40),
                            Map.of("p", "a".repeat(900)));
            problems.addAll(new Planner().plan(pipeline, event).problems());
        }
        double millis = (System.nanoTime() - begin) / 1e6;
        var error =
                problems.stream()
                        .filter(problem -> problem.severity() == PipelineProblem.Severity.ERROR)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no error"));
        var said = error.toString();
        System.out.printf(
                Locale.ROOT,
                "%.1f %s%n",
                millis,
                said.length() > 120 ? said.substring(0, 119) + "…" : said);
    }
}
