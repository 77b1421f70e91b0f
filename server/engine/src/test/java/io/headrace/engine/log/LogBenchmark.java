package io.headrace.engine.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.engine.run.AttemptId;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Measures what issue 2 bounds: a log of 1,000,000 lines, tiny logs, any line of a long log, and
 * how late a follower is. Run {@code main} with a directory on the disk in question.
 */
final class LogBenchmark {

    private static final int LINES = 1_000_000;

    private final Path directory;
    private final Logs logs;
    private long nextId = 1L << 40;

    private LogBenchmark(Path directory) {
        this.directory = directory;
        logs = new Logs(directory.resolve("logs"), InstantSource.system(), LogSettings.DEFAULT);
    }

    /**
     * Runs all measurements.
     *
     * @param arguments a directory that does not exist yet
     */
    public static void main(String[] arguments) throws Exception {
        var directory = Files.createDirectories(Path.of(arguments[0]));
        var benchmark = new LogBenchmark(directory);
        benchmark.tinyLogs(2_000);
        benchmark.tinyLogs(5_000);
        var output = benchmark.makeOutput();
        for (var round = 0; round < 3; round++) {
            benchmark.toFile(output);
            benchmark.toLog(output, Masker.NONE, "no secrets");
        }
        benchmark.toLog(output, secrets(20), "20 secrets");
        benchmark.readWholeLog(output);
        benchmark.follow();
        benchmark.logs.close();
    }

    private AttemptId attempt() {
        return new AttemptId(nextId += 1 << 22);
    }

    private void tinyLogs(int count) throws IOException {
        var threads = ManagementFactory.getThreadMXBean();
        var cpu = threads.getCurrentThreadCpuTime();
        var start = System.nanoTime();
        for (var i = 0; i < count; i++) {
            try (var log = logs.open(attempt(), Masker.NONE)) {
                log.line(LogLine.JOB, "Step 'build' starts");
                try (var output = log.output(0)) {
                    var line = "hello\n".getBytes(UTF_8);
                    output.stdout(line, 0, line.length);
                }
                log.line(LogLine.JOB, "Step 'build' succeeded");
            }
        }
        var used = threads.getCurrentThreadCpuTime() - cpu;
        say(
                "3-line log: %.0f µs, of which %.0f µs on the processor"
                        .formatted((System.nanoTime() - start) / 1e3 / count, used / 1e3 / count));
    }

    private Path makeOutput() throws IOException {
        var random = new Random(1);
        var file = directory.resolve("output.txt");
        try (var out = Files.newBufferedWriter(file)) {
            for (var i = 0; i < LINES; i++) {
                var line = new StringBuilder("%07d ".formatted(i));
                while (line.length() < 99) {
                    line.append(Long.toString(random.nextLong() & Long.MAX_VALUE, 36)).append(' ');
                }
                out.write(line.substring(0, 99) + "\n");
            }
        }
        return file;
    }

    private void toFile(Path output) throws Exception {
        var start = System.nanoTime();
        var copy = directory.resolve("copy.txt");
        new ProcessBuilder("cat", output.toString())
                .redirectOutput(copy.toFile())
                .start()
                .waitFor();
        report("cat > file", start);
        Files.delete(copy);
    }

    private void toLog(Path output, Masker masker, String title) throws Exception {
        System.gc();
        var before = heap();
        var most = before;
        var start = System.nanoTime();
        try (var log = logs.open(attempt(), masker);
                var taker = log.output(0)) {
            var process =
                    new ProcessBuilder("cat", output.toString())
                            .redirectError(new File("/dev/null"))
                            .start();
            var buffer = new byte[64 << 10];
            var in = process.getInputStream();
            for (int read; (read = in.read(buffer)) >= 0; ) {
                taker.stdout(buffer, 0, read);
                most = Math.max(most, heap());
            }
            process.waitFor();
        }
        report("cat | log, " + title, start);
        System.gc();
        say(
                "  heap: +%.1f MB at most, +%.1f MB after"
                        .formatted(mb(most - before), mb(heap() - before)));
    }

    private void readWholeLog(Path output) throws Exception {
        var attempt = attempt();
        var log = logs.open(attempt, Masker.NONE);
        var bytes = Files.newInputStream(output);
        try (var taker = log.output(0)) {
            var buffer = new byte[8 << 10];
            for (int read; (read = bytes.read(buffer)) >= 0; ) {
                taker.stdout(buffer, 0, read);
            }
        }
        bytes.close();
        readAll(attempt, "being written");
        log.close();
        var start = System.nanoTime();
        var place = LogPlace.of(directory.resolve("logs"), attempt);
        while (Files.exists(place.ended())) {
            Thread.onSpinWait();
        }
        say(
                "compressed within %.0f ms to %.1f MB"
                        .formatted(millis(start), mb(Files.size(place.packed()))));
        readAll(attempt, "compressed");
        start = System.nanoTime();
        try (var reader = logs.read(attempt).orElseThrow()) {
            var found = reader.search(new LogQuery("0999999 ", false), 1, 10);
            var rest =
                    found.next() == 0
                            ? found
                            : reader.search(new LogQuery("0999999 ", false), found.next(), 10);
            say(
                    "search for a line near the end: %.0f ms, %d hit"
                            .formatted(millis(start), rest.lines().size()));
        }
    }

    private void readAll(AttemptId attempt, String title) throws Exception {
        for (var from : new long[] {1, 500_000, LINES - 199}) {
            var times = new double[50];
            for (var i = 0; i < times.length; i++) {
                var start = System.nanoTime();
                try (var reader = logs.read(attempt).orElseThrow()) {
                    if (reader.lines(from, 200).size() != 200) {
                        throw new AssertionError("200 lines from " + from);
                    }
                }
                times[i] = millis(start);
            }
            var first = times[0];
            Arrays.sort(times);
            say(
                    "%s: 200 lines at %,d: first %.2f ms, p50 %.2f ms"
                            .formatted(title, from, first, times[25]));
        }
    }

    private void follow() throws Exception {
        var attempt = attempt();
        var count = 1_000;
        var late = new double[count];
        try (var follower = logs.follow(attempt, 1)) {
            var writer = Thread.ofVirtual().start(() -> writeSlowly(attempt, count));
            var seen = 0;
            while (!follower.ended()) {
                for (var line : follower.next(100, Duration.ofSeconds(10))) {
                    late[seen++] = millis(Long.parseLong(line.text()));
                }
            }
            writer.join();
        }
        Arrays.sort(late);
        say(
                "follower: p50 %.2f ms, p99 %.2f ms, max %.2f ms"
                        .formatted(late[count / 2], late[count * 99 / 100], late[count - 1]));
    }

    private void writeSlowly(AttemptId attempt, int count) {
        try (var log = logs.open(attempt, Masker.NONE);
                var output = log.output(0)) {
            for (var i = 0; i < count; i++) {
                Thread.sleep(2);
                var line = (System.nanoTime() + "\n").getBytes(UTF_8);
                output.stdout(line, 0, line.length);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Masker secrets(int count) {
        var random = new Random(7);
        var secrets = new HashMap<String, String>();
        for (var i = 0; i < count; i++) {
            secrets.put("S" + i, Long.toString(random.nextLong() & Long.MAX_VALUE, 36));
        }
        return Masker.of(Map.copyOf(secrets));
    }

    private void report(String what, long start) throws IOException {
        var millis = millis(start);
        var size = Files.size(directory.resolve("output.txt"));
        say("%s: %.0f ms, %.0f MB/s".formatted(what, millis, size / 1e3 / millis));
    }

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static double mb(long bytes) {
        return bytes / 1e6;
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
