package io.headrace.e2e.chaos;

import io.headrace.e2e.chaos.History.Run;
import io.headrace.e2e.chaos.History.Sighting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One trial: processes, clients, faults; then peace; then the examination. */
public final class ChaosTrial {

    /** Nothing may take longer to end once nothing is broken any more. */
    private static final Duration PEACE = Duration.ofMinutes(4);

    private static final int CLIENTS = 4;
    private static final int PORTION = 5;

    private final Path directory;
    private final Plan plan;
    private final Queue<Sighting> sightings = new ConcurrentLinkedQueue<>();

    /**
     * What is to be done.
     *
     * @param database {@code derby} or {@code postgres}
     * @param runs at least so many are started
     * @param faults at least so many are made
     */
    public record Plan(
            String database, int runs, int faults, int controllers, int workers, long seed) {

        boolean onPostgresql() {
            return database.equals("postgres");
        }
    }

    /**
     * Prepares a trial.
     *
     * @param directory empty; everything of the trial is below it
     */
    public ChaosTrial(Path directory, Plan plan) {
        this.directory = directory;
        this.plan = plan;
    }

    /** Runs the trial to its end. */
    public Report run() throws IOException, InterruptedException {
        var begin = Instant.now();
        try (var site = new Site(directory, plan)) {
            site.start();
            var clients = new Clients(site, plan.seed());
            clients.prepare();
            var faults = new Faults(site, plan.seed());
            disturb(site, clients, faults);
            faults.awaitMended();
            clients.awaitHelpers();
            site.heal();
            var calm = Instant.now();
            var accepted = clients.accepted();
            var ids = new LinkedHashSet<String>();
            accepted.forEach(each -> ids.add(each.run()));
            var runs = finished(site, ids);
            var over = Instant.now();
            var left = new ArrayList<>(left(site));
            clients.refused().forEach(each -> left.add("no server accepted " + each));
            var history =
                    new History(
                            accepted,
                            runs,
                            History.Effect.read(site.marks()),
                            List.copyOf(sightings),
                            left);
            return Report.of(
                    plan,
                    history,
                    faults.done(),
                    site.nodes().stream().mapToInt(Node::starts).sum(),
                    Duration.between(begin, over),
                    Duration.between(calm, over));
        }
    }

    private void disturb(Site site, Clients clients, Faults faults)
            throws IOException, InterruptedException {
        var next = new AtomicInteger();
        var enough = new AtomicBoolean();
        var threads = new ArrayList<Thread>();
        for (var client = 0; client < CLIENTS; client++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                while (next.get() < plan.runs() || !enough.get()) {
                                    clients.start(next.getAndAdd(PORTION), PORTION);
                                }
                            }));
        }
        var watcher = Thread.ofVirtual().start(() -> watch(site));
        var random = new Random(plan.seed() + 1);
        while (faults.count() < plan.faults() || next.get() < plan.runs()) {
            // As many as are wanted over all runs, so that between them something gets done.
            var share = (double) next.get() / plan.runs();
            if (faults.count() < share * plan.faults() + 1 || next.get() >= plan.runs()) {
                faults.one();
            }
            Waiting.pause(300 + random.nextInt(900));
        }
        enough.set(true);
        for (var thread : threads) {
            thread.join();
        }
        watcher.interrupt();
        watcher.join();
    }

    /** Sees, now and then, which worker has which attempt. */
    private void watch(Site site) {
        var random = new Random(plan.seed() + 2);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var workers = site.rest().get(site.server(random).url() + "/api/v1/workers");
                for (var worker : workers.body().path("items")) {
                    for (var work : worker.path("working")) {
                        sightings.add(
                                new Sighting(
                                        work.path("attempt").asText(),
                                        worker.path("name").asText()));
                    }
                }
                Thread.sleep(700);
            } catch (IOException e) {
                // That server does not answer just now.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Map<String, Run> finished(Site site, Set<String> ids) throws InterruptedException {
        var runs = new ConcurrentHashMap<String, Run>();
        var deadline = System.nanoTime() + PEACE.toNanos();
        try (var readers = Executors.newFixedThreadPool(4)) {
            for (var id : ids) {
                readers.execute(() -> read(site, id, deadline, runs));
            }
        }
        return runs;
    }

    private void read(Site site, String id, long deadline, Map<String, Run> runs) {
        var random = new Random(id.hashCode());
        while (true) {
            try {
                var answer = site.rest().get(site.server(random).url() + "/api/v1/runs/" + id);
                if (answer.status() == 404) {
                    return;
                }
                if (answer.isOk()) {
                    var run = Run.of(answer.body());
                    runs.put(id, run);
                    if (run.over()) {
                        return;
                    }
                }
            } catch (IOException e) {
                // Asked again.
            }
            if (System.nanoTime() - deadline > 0) {
                return;
            }
            Waiting.pause(100);
        }
    }

    /** Returns what is there although all runs are over. */
    private List<String> left(Site site) throws IOException {
        var left = new ArrayList<String>();
        for (var node : site.nodes()) {
            if (node.isWorker()) {
                continue;
            }
            var queue =
                    site.rest()
                            .get(node.url() + "/health/ready")
                            .body()
                            .path("details")
                            .path("queue")
                            .asText();
            if (!queue.equals("0 queued, 0 running")) {
                left.add("%s says: %s".formatted(node.name(), queue));
            }
            for (var worker :
                    site.rest().get(node.url() + "/api/v1/workers").body().path("items")) {
                if (!worker.path("working").isEmpty()) {
                    left.add("%s says that one works: %s".formatted(node.name(), worker));
                }
            }
        }
        for (var node : site.nodes()) {
            var workspaces = node.home().resolve("workspaces");
            if (!Waiting.until(Duration.ofSeconds(20), () -> isEmpty(workspaces))) {
                left.add("a workspace of " + node.name());
            }
        }
        var postgres = site.postgres();
        if (postgres != null) {
            for (var table : List.of("live", "waiter where job_id in (select job_id from live)")) {
                var rows = postgres.ask("select count(*) from " + table).getFirst();
                if (!rows.equals("0")) {
                    left.add("%s rows in %s".formatted(rows, table));
                }
            }
        }
        return left;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var files = java.nio.file.Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }
}
