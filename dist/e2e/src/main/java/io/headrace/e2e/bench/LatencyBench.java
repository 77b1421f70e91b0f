package io.headrace.e2e.bench;

import io.headrace.e2e.Api;
import io.headrace.e2e.Repository;
import io.headrace.e2e.ServerProcess;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** From the request for a run to the first line of its log at the client. */
@Command(name = "latency", description = "POST of a run to its first log line.")
final class LatencyBench implements Callable<Integer> {

    private static final String MARK = "hello from the mill";

    @Option(names = "--runs", defaultValue = "200")
    private int runs;

    @Option(names = "--warm-up", defaultValue = "200")
    private int warmUp;

    @Override
    public Integer call() throws Exception {
        var directory = Files.createTempDirectory("headrace-bench");
        try (var server = ServerProcess.selfStarted(directory.resolve("home"))) {
            var api = server.api();
            var text = Bench.ONE_STEP;
            var plain = Repository.create(directory.resolve("plain"));
            var plainCommit = plain.write(".headrace.yml", text).commit("one step");
            var checkout = Repository.create(directory.resolve("checkout"));
            checkout.write(".headrace.yml", text.replace("checkout: false", "checkout: true"));
            for (var file = 0; file < 50; file++) {
                checkout.write("src/file" + file + ".txt", "line\n".repeat(50));
            }
            var checkoutCommit = checkout.commit("a small repository");
            api.addProject("plain", plain.path());
            api.addProject("checkout", checkout.path());
            var without = measure(api, "plain", plainCommit);
            var with = measure(api, "checkout", checkoutCommit);
            var p50 = Bench.percentile(without, 50);
            var p99 = Bench.percentile(without, 99);
            var p50Checkout = Bench.percentile(with, 50);
            Bench.row("POST to first log line, p50", Bench.millis(p50), "<= 60 ms", p50 <= 60);
            Bench.row("POST to first log line, p99", Bench.millis(p99), "<= 250 ms", p99 <= 250);
            Bench.row(
                    "with checkout of a small repository, p50",
                    Bench.millis(p50Checkout),
                    "<= 120 ms",
                    p50Checkout <= 120);
            Bench.note(
                    "with checkout of a small repository, p99",
                    Bench.millis(Bench.percentile(with, 99)));
            return p50 <= 60 && p99 <= 250 && p50Checkout <= 120 ? 0 : 1;
        } finally {
            Bench.delete(directory);
        }
    }

    private long[] measure(Api api, String project, String commit) {
        for (var i = 0; i < warmUp; i++) {
            once(api, project, commit);
        }
        var nanos = new long[runs];
        for (var i = 0; i < runs; i++) {
            nanos[i] = once(api, project, commit);
        }
        return nanos;
    }

    private static long once(Api api, String project, String commit) {
        var begin = System.nanoTime();
        var id = api.start(project, Map.of("ref", "main", "commit", commit)).path("id").asText();
        var seen = new long[1];
        api.stream(
                "/api/v1/runs/" + id + "/logs",
                line -> {
                    if (line.contains(MARK) && !line.contains("$ echo")) {
                        seen[0] = System.nanoTime();
                        return false;
                    }
                    return true;
                });
        if (seen[0] == 0) {
            throw new AssertionError("The log of run " + id + " ended without its line");
        }
        api.finished(id, Duration.ofSeconds(30));
        return seen[0] - begin;
    }
}
