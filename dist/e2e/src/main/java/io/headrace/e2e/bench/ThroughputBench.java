package io.headrace.e2e.bench;

import io.headrace.e2e.Api;
import io.headrace.e2e.Repository;
import io.headrace.e2e.ServerProcess;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many one-step runs a server takes and ends in a second, durably. */
@Command(name = "throughput", description = "One-step runs a second, four slots, full durability.")
final class ThroughputBench implements Callable<Integer> {

    private static final double RUNS_PER_SECOND = 100;
    private static final int CLIENTS = 4;

    @Option(names = "--runs", defaultValue = "2000")
    private int runs;

    @Override
    public Integer call() throws Exception {
        var directory = Files.createTempDirectory("headrace-bench");
        try (var server =
                ServerProcess.selfStarted(
                        directory.resolve("home"), Map.of("HEADRACE_WORKER_SLOTS", "4"))) {
            var api = server.api();
            var repository = Repository.create(directory.resolve("plain"));
            var commit = repository.write(".headrace.yml", Bench.ONE_STEP).commit("one step");
            api.addProject("plain", repository.path());
            post(api, commit, 400);
            awaitIdle(api);
            var cpu = Bench.cpuMillis(server);
            var begin = System.nanoTime();
            post(api, commit, runs);
            awaitIdle(api);
            var seconds = (System.nanoTime() - begin) / 1e9;
            var used = (Bench.cpuMillis(server) - cpu) / (double) runs;
            var wrong =
                    api.get("/api/v1/runs?status=failed&limit=1").ok().path("items").size()
                            + api.get("/api/v1/runs?status=errored&limit=1")
                                    .ok()
                                    .path("items")
                                    .size();
            var rate = runs / seconds;
            Bench.row(
                    "one-step runs a second",
                    String.format(Locale.ROOT, "%.0f", rate),
                    ">= 100",
                    rate >= RUNS_PER_SECOND);
            Bench.row("runs that did not succeed", Integer.toString(wrong), "0", wrong == 0);
            Bench.note("server CPU a run", Bench.millis(used));
            Bench.note(
                    "bare spawns of sh a second, one thread",
                    String.format(Locale.ROOT, "%.0f", spawns()));
            return rate >= RUNS_PER_SECOND && wrong == 0 ? 0 : 1;
        } finally {
            Bench.delete(directory);
        }
    }

    private static void post(Api api, String commit, int count) throws InterruptedException {
        var left = new AtomicInteger(count);
        var done = new CountDownLatch(CLIENTS);
        for (var client = 0; client < CLIENTS; client++) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            while (left.getAndDecrement() > 0) {
                                api.start("plain", Map.of("ref", "main", "commit", commit));
                            }
                        } finally {
                            done.countDown();
                        }
                    });
        }
        done.await();
    }

    private static void awaitIdle(Api api) throws InterruptedException {
        while (api.get("/api/v1/runs?status=queued&limit=1").ok().path("items").size()
                        + api.get("/api/v1/runs?status=running&limit=1").ok().path("items").size()
                > 0) {
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    private static double spawns() throws Exception {
        var count = 500;
        var begin = System.nanoTime();
        for (var i = 0; i < count; i++) {
            new ProcessBuilder("/bin/sh", "-c", ":").start().waitFor();
        }
        return count / ((System.nanoTime() - begin) / 1e9);
    }
}
