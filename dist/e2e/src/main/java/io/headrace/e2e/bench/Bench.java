package io.headrace.e2e.bench;

import io.headrace.e2e.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./headrace bench NAME}. */
@Command(
        name = "headrace bench",
        description = "Measures a server of its own on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            StartBench.class,
            LatencyBench.class,
            ThroughputBench.class,
            LogBench.class,
            KillBench.class,
            LanguageBench.class
        })
public final class Bench implements Runnable {

    private static final Pattern GENERATION = Pattern.compile("total \\d+K, used (\\d+)K");

    /** Runs a benchmark; exits with 0 only if its bars are met. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public void run() {
        new CommandLine(this).usage(System.out);
    }

    static void row(String name, String value, String bar, boolean met) {
        System.out.printf(
                Locale.ROOT, "%-52s %14s   %-14s %s%n", name, value, bar, met ? "ok" : "MISSED");
    }

    static void note(String name, String value) {
        System.out.printf(Locale.ROOT, "%-52s %14s%n", name, value);
    }

    /** Returns a percentile in milliseconds. */
    static double percentile(long[] nanos, double percent) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        var index = (int) Math.ceil(percent / 100 * sorted.length) - 1;
        return sorted[Math.max(0, index)] / 1e6;
    }

    static String millis(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", (double) bytes / (1 << 20));
    }

    /** Returns the resident memory of a process, in bytes. */
    static long residentBytes(long pid) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("No VmRSS of process " + pid);
    }

    /** Returns the processor time that a process has used, in milliseconds. */
    static long cpuMillis(ServerProcess server) {
        return server.process().info().totalCpuDuration().orElseThrow().toMillis();
    }

    /** Returns the bytes of heap in use right after a full collection. */
    static long heapAfterCollection(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        var text = jcmd(pid, "GC.heap_info");
        var generations = GENERATION.matcher(text);
        var total = 0L;
        while (generations.find()) {
            total += Long.parseLong(generations.group(1)) * 1024;
        }
        if (total == 0) {
            throw new IOException("No generations in what jcmd said: " + text);
        }
        return total;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                command)
                        .redirectErrorStream(true)
                        .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + command + ": " + output);
        }
        return output;
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** One step, no checkout: the least that a run can be. */
    static final String ONE_STEP =
            """
            name: one-step
            jobs:
              hello:
                checkout: false
                steps:
                  - name: hello
                    run: echo hello from the mill
            """;
}
