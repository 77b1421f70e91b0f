package io.headrace.e2e.bench;

import io.headrace.e2e.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** How long a start takes, and what an idle server uses. */
@Command(name = "start", description = "Start to first answer, memory when idle.")
final class StartBench implements Callable<Integer> {

    private static final double START_SECONDS = 4;
    private static final long RESIDENT_BYTES = 260L << 20;
    private static final long HEAP_BYTES = 60L << 20;
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final String FAST = "-Dheadrace.fast-start=on";

    @Override
    public Integer call() throws Exception {
        var home = Files.createTempDirectory("headrace-bench");
        try {
            var first = System.nanoTime();
            ServerProcess.selfStarted(home).close();
            Bench.note("first start and stop", seconds(System.nanoTime() - first));
            Bench.note("second start without a recording", startAndStop(home));
            var recording = System.nanoTime();
            ServerProcess.prepare(home);
            Bench.note("recording a start", seconds(System.nanoTime() - recording));
            var second = System.nanoTime();
            try (var server = ServerProcess.selfStarted(home, FAST)) {
                var took = System.nanoTime() - second;
                var work = server.process().info().totalCpuDuration().orElse(Duration.ZERO);
                Bench.note("of it, time of all cores", seconds(work.toNanos()));
                Thread.sleep(SETTLE);
                var resident = Bench.residentBytes(server.pid());
                var heap = Bench.heapAfterCollection(server.pid());
                Bench.row(
                        "second start to first HTTP 200",
                        seconds(took),
                        "<= 4 s",
                        took / 1e9 <= START_SECONDS);
                Bench.row(
                        "resident memory, idle",
                        Bench.megabytes(resident),
                        "<= 260 MB",
                        resident <= RESIDENT_BYTES);
                Bench.row(
                        "heap after collection",
                        Bench.megabytes(heap),
                        "<= 60 MB",
                        heap <= HEAP_BYTES);
                return took / 1e9 <= START_SECONDS
                                && resident <= RESIDENT_BYTES
                                && heap <= HEAP_BYTES
                        ? 0
                        : 1;
            }
        } finally {
            Bench.delete(home);
        }
    }

    private static String startAndStop(Path home) throws Exception {
        var begin = System.nanoTime();
        try (var _ = ServerProcess.selfStarted(home)) {
            return seconds(System.nanoTime() - begin);
        }
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
