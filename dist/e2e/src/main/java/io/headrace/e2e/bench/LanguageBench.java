package io.headrace.e2e.bench;

import io.headrace.language.PipelineParser;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import io.headrace.language.Planner;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long pipeline files take from text to plan, and what hostile ones can do. */
@Command(
        name = "language",
        description = "Pipeline files from text to plan: time, memory, and hostile files.")
final class LanguageBench implements Callable<Integer> {

    private static final PlanEvent EVENT =
            new PlanEvent(
                    "bench",
                    PlanEvent.Type.PUSH,
                    "refs/heads/main",
                    "main",
                    null,
                    "0".repeat(40),
                    Map.of());

    @Option(names = "--rounds", defaultValue = "15", description = "Measured rounds of each size.")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            description = "Seconds before the measured rounds of each size.")
    private int warmUp;

    @Override
    public Integer call() throws Exception {
        var met = new ArrayList<Boolean>();
        var median = new double[3];
        int[] sizes = {100, 1_000, 10_000};
        double[] bars = {10, 60, 600};
        for (int i = 0; i < sizes.length; i++) {
            var text = HostileFiles.usual(sizes[i]);
            median[i] = median(text);
            met.add(row("%,d jobs, text to plan, warm".formatted(sizes[i]), median[i], bars[i]));
        }
        double ratio = median[2] / median[1];
        met.add(ratio <= 12);
        Bench.row("time of 10,000 jobs : of 1,000", "%.1f".formatted(ratio), "<= 12", ratio <= 12);
        double kept = keptPerJob(HostileFiles.usual(10_000), 10_000) / 1024;
        met.add(kept <= 20);
        Bench.row(
                "heap kept per job (pipeline and plan)",
                "%.1f KB".formatted(kept),
                "<= 20 KB",
                kept <= 20);
        met.add(row("chain of 10,000 jobs", median(HostileFiles.chain(10_000)), 2000));
        met.add(
                row(
                        "100 layers of 100 jobs, 1 M edges",
                        median(HostileFiles.layers(100, 100)),
                        2000));
        for (var name : HostileFiles.names()) {
            met.add(hostile(name));
        }
        return met.contains(false) ? 1 : 0;
    }

    private static boolean row(String name, double millis, double bar) {
        Bench.row(name, Bench.millis(millis), "<= %.0f ms".formatted(bar), millis <= bar);
        return millis <= bar;
    }

    private double median(String text) {
        // As long as JMH does by default in one of its five rounds.
        long warm = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUp);
        while (System.nanoTime() < warm) {
            plan(text);
        }
        var nanos = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long begin = System.nanoTime();
            plan(text);
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos[rounds / 2] / 1e6;
    }

    private static Plan plan(String text) {
        var pipeline = new PipelineParser().parse("bench.yml", text).pipeline();
        if (pipeline == null) {
            throw new IllegalStateException("the bench's own pipeline is wrong");
        }
        var plan = new Planner().plan(pipeline, EVENT).plan();
        if (plan == null) {
            throw new IllegalStateException("the bench's own pipeline can't be planned");
        }
        return plan;
    }

    private static double keptPerJob(String text, int jobs) throws InterruptedException {
        var before = used();
        var pipeline = new PipelineParser().parse("bench.yml", text).pipeline();
        var kept = List.of(pipeline == null ? "" : pipeline, plan(text));
        var after = used();
        if (kept.size() != 2) {
            throw new IllegalStateException();
        }
        return (after - before) / (double) jobs;
    }

    private static long used() throws InterruptedException {
        var memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            memory.gc();
            Thread.sleep(50);
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    /** Reads a hostile file in a JVM of its own that has 64 MB of heap. */
    private static boolean hostile(String name) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                HostileFiles.class.getName(),
                                name)
                        .redirectErrorStream(true)
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        var said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        boolean ended = process.exitValue() == 0;
        double millis = ended ? Double.parseDouble(said.substring(0, said.indexOf(' '))) : 60_000;
        boolean met = ended && millis < 1000;
        Bench.row(name + ", cold, 64 MB", Bench.millis(millis), "< 1000 ms", met);
        System.out.println(
                "    " + said.substring(said.indexOf(' ') + 1).lines().findFirst().orElse(""));
        return met;
    }
}
