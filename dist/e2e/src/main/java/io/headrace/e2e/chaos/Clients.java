package io.headrace.e2e.chaos;

import io.headrace.e2e.Repository;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Starts runs, sends keys twice, gives up waiting and asks again, and cancels some runs. */
final class Clients {

    private static final int PROJECTS = 3;
    private static final int SHAPES = 24;

    /** More are not started while so many jobs wait. */
    private static final int BACKLOG = 80;

    /** How long one run is tried to be started. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Site site;
    private final long seed;
    private final List<Shape> shapes = new ArrayList<>();
    private final Map<String, String> commits = new HashMap<>();
    private final Queue<History.Accepted> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> helpers = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();

    Clients(Site site, long seed) {
        this.site = site;
        this.seed = seed;
    }

    /** Makes a repository with a branch for each shape, and projects of it. */
    void prepare() throws IOException {
        var random = new Random(seed);
        var repository = Repository.create(site.directory().resolve("repository"));
        for (var i = 0; i < SHAPES; i++) {
            var shape = Shape.random("shape-" + i, random);
            shapes.add(shape);
            if (i > 0) {
                repository.git("checkout", "-q", "-b", shape.name());
            }
            var commit =
                    repository
                            .write(".headrace.yml", shape.yaml(site.marks().toString()))
                            .commit(shape.name());
            commits.put(shape.name(), commit);
        }
        var url = site.nodes().getFirst().url();
        for (var i = 0; i < PROJECTS; i++) {
            var answer =
                    site.rest()
                            .post(
                                    url + "/api/v1/projects",
                                    Map.of(
                                            "name",
                                            project(i),
                                            "source",
                                            Map.of(
                                                    "type",
                                                    "git",
                                                    "url",
                                                    repository.path().toString())));
            if (!answer.isOk()) {
                throw new IOException("No project was made: " + answer);
            }
        }
    }

    private static String project(int number) {
        return "chaos-" + number;
    }

    /** Starts runs, each once the backlog is small enough. */
    void start(int from, int count) {
        var random = new Random(seed * 31 + from);
        for (var i = from; i < from + count; i++) {
            if (i % 5 == 0) {
                awaitSmallBacklog(random);
            }
            startOne("key-" + seed + "-" + i, random);
        }
    }

    private void awaitSmallBacklog(Random random) {
        Waiting.until(
                Duration.ofSeconds(60),
                () -> {
                    var health = site.rest().get(site.server(random).url() + "/health/ready");
                    var words = health.body().path("details").path("queue").asText("");
                    return !words.isEmpty()
                            && Integer.parseInt(words.substring(0, words.indexOf(' '))) < BACKLOG;
                });
    }

    private void startOne(String key, Random random) {
        var shape = shapes.get(random.nextInt(shapes.size()));
        var project = project(random.nextInt(PROJECTS));
        var kind = random.nextInt(20);
        if (kind == 0) {
            // The answer is lost, whatever it is.
            send(key, project, shape, random, Duration.ofMillis(1 + random.nextInt(20)), false);
        }
        var cancels = kind == 1 || kind == 2;
        var run = sendUntilAccepted(key, project, shape, random, cancels);
        if (run.isEmpty()) {
            refused.add(key + " of " + shape.name());
            return;
        }
        if (kind == 3 || kind == 4) {
            sendUntilAccepted(key, project, shape, random, false);
        }
        if (cancels) {
            var after = random.nextInt(2000);
            var servers = new Random(random.nextLong());
            helpers.add(Thread.ofVirtual().start(() -> cancel(run, after, servers)));
        }
    }

    private String sendUntilAccepted(
            String key, String project, Shape shape, Random random, boolean cancels) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            var run = send(key, project, shape, random, Duration.ofSeconds(8), cancels);
            if (!run.isEmpty()) {
                return run;
            }
            Waiting.pause(100);
        }
        return "";
    }

    private String send(
            String key,
            String project,
            Shape shape,
            Random random,
            Duration patience,
            boolean cancels) {
        try {
            var answer =
                    site.rest()
                            .post(
                                    site.server(random).url()
                                            + "/api/v1/projects/"
                                            + project
                                            + "/runs",
                                    Map.of(
                                            "ref",
                                            shape.name().equals("shape-0") ? "main" : shape.name(),
                                            "commit",
                                            Objects.requireNonNull(commits.get(shape.name()))),
                                    patience,
                                    "Idempotency-Key",
                                    key);
            if (answer.isOk()) {
                var run = answer.body().path("id").asText();
                accepted.add(new History.Accepted(key, run, shape, cancels));
                return run;
            }
        } catch (IOException e) {
            // No answer: whether the run exists, the next one with the same key will tell.
        }
        return "";
    }

    private void cancel(String run, int after, Random random) {
        Waiting.pause(after);
        Waiting.until(
                Duration.ofSeconds(60),
                () -> {
                    var status =
                            site.rest()
                                    .post(
                                            site.server(random).url()
                                                    + "/api/v1/runs/"
                                                    + run
                                                    + "/cancel",
                                            Map.of())
                                    .status();
                    return status < 500;
                });
    }

    /** Waits for those that still want to cancel something. */
    void awaitHelpers() throws InterruptedException {
        for (var helper : helpers) {
            helper.join();
        }
    }

    List<History.Accepted> accepted() {
        return List.copyOf(accepted);
    }

    /** Returns what could not be started at all. */
    List<String> refused() {
        return List.copyOf(refused);
    }
}
