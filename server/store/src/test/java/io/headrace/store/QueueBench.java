package io.headrace.store;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.queue.QueueRules;
import io.headrace.engine.queue.Share;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Measures what a claim costs with few and with many jobs waiting, how fairly slots are shared, and
 * how long a restart takes. Arguments: {@code derby} or {@code postgresql}, then depths; the last
 * one is the depth of the restart.
 */
final class QueueBench {

    private static final int PORTION = 1000;
    private static final int PROJECTS = 20;
    private static final int CLAIMS = 400;
    private static final int WARM = 400;

    private QueueBench() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        var depths =
                Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).sorted().toArray();
        System.out.printf(Locale.ROOT, "this machine: %,.0f fsyncs/s%n", syncs());
        if (arguments[0].equals("derby")) {
            try (var database = TestDatabase.Kind.DERBY.create()) {
                measure("Derby", database.config(), depths);
            }
        } else {
            try (var server = PostgresqlServer.start(true)) {
                measure("PostgreSQL", server.config(server.create()), depths);
            }
        }
    }

    /** Returns how often a second this machine's disk takes a page for good. */
    private static double syncs() throws IOException {
        var file = Files.createTempFile("headrace-fsync", ".bin");
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var begin = System.nanoTime();
            var count = 0;
            while (System.nanoTime() - begin < 1_000_000_000L) {
                channel.write(ByteBuffer.allocate(4096), 4096L * (count++ % 256));
                channel.force(false);
            }
            return count / ((System.nanoTime() - begin) / 1e9);
        } finally {
            Files.delete(file);
        }
    }

    private static void measure(String name, DatabaseConfig config, int[] depths)
            throws SQLException {
        var projects = new ArrayList<Long>();
        var before = 0;
        var smallest = 0.0;
        for (var depth : depths) {
            try (var stores = DatabaseStores.open(config, InstantSource.system())) {
                var site = new Site(stores);
                while (projects.size() < PROJECTS) {
                    projects.add(site.project("project-" + projects.size()).value());
                }
            }
            fill(config, before, depth, projects);
            before = depth;
            var begin = System.nanoTime();
            try (var stores = DatabaseStores.open(config, InstantSource.system())) {
                var site = new Site(stores);
                var first = site.claim(1);
                var ready = (System.nanoTime() - begin) / 1e9;
                time(site, WARM);
                var times = time(site, CLAIMS);
                var p50 = times[times.length / 2] / 1e3;
                smallest = smallest == 0 ? p50 : smallest;
                System.out.printf(
                        Locale.ROOT,
                        "%s, %,9d waiting: claim p50 %6.0f us (%.2f x), p99 %6.0f us; start to first"
                                + " claim %.2f s (%d)%n",
                        name,
                        depth,
                        p50,
                        p50 / smallest,
                        times[times.length * 99 / 100] / 1e3,
                        ready,
                        first.size());
            }
        }
        try (var stores = DatabaseStores.open(config, InstantSource.system())) {
            fairness(name, stores, projects);
        }
    }

    private static long[] time(Site site, int claims) {
        var times = new long[claims];
        for (var i = 0; i < claims; i++) {
            var begin = System.nanoTime();
            var claim = site.claim(1);
            times[i] = System.nanoTime() - begin;
            claim.forEach(site::succeed);
        }
        Arrays.sort(times);
        return times;
    }

    /** Fifty slots, four projects of the weights 100 to 400: what each has, on average. */
    private static void fairness(String name, DatabaseStores stores, List<Long> projects) {
        var site = new Site(stores);
        var total = 0;
        for (var i = 0; i < PROJECTS; i++) {
            stores.queue()
                    .share(new ProjectId(projects.get(i)), new Share(100 * (1 + i % 4), null));
            total += 1 + i % 4;
        }
        var running = new ArrayList<Claim>(site.claim(50));
        var sums = new HashMap<Long, Integer>();
        var rounds = 1000;
        for (var round = 0; round < rounds; round++) {
            site.succeed(running.removeFirst());
            running.addAll(site.claim(1));
            running.forEach(claim -> sums.merge(claim.project().value(), 1, Integer::sum));
        }
        var worst = 0.0;
        for (var i = 0; i < PROJECTS; i++) {
            var due = 50.0 * (1 + i % 4) / total;
            var had = sums.getOrDefault(projects.get(i), 0) / (double) rounds;
            worst = Math.max(worst, Math.abs(had - due) / due);
        }
        System.out.printf(
                Locale.ROOT,
                "%s, 50 slots, %d projects of four weights: the worst is %.1f %% from its share%n",
                name,
                PROJECTS,
                100 * worst);
    }

    /** Writes jobs that wait, past the store: many of one run. */
    private static void fill(DatabaseConfig config, int from, int to, List<Long> projects)
            throws SQLException {
        var vendor = DatabaseStores.connect(config, InstantSource.system());
        var now = Times.micros(Instant.now());
        try (var connection = vendor.connect();
                var sql = new Sql(connection)) {
            for (var start = from; start < to; start += PORTION) {
                var run = 1_000_000_000L + start;
                var project = projects.get(start / PORTION % PROJECTS);
                sql.update(
                        "insert into run (id, project_id, number, status, reason, ref_name, event,"
                                + " branch, commit_id, message, author, triggered_by, created_at,"
                                + " fail_fast, stop_kind, stop_reason, jobs_left, jobs_bad,"
                                + " version) values (?, ?, ?, ?, '', 'refs/heads/main', 'PUSH',"
                                + " 'main', 'c0ffee', '', 'Ada', 'ada', ?, 0, 0, '', ?, 0, 0)",
                        run,
                        project,
                        (long) (1_000_000 + start),
                        Status.QUEUED,
                        now,
                        PORTION);
                var jobs = new ArrayList<@Nullable Object[]>();
                var waiting = new ArrayList<@Nullable Object[]>();
                for (var i = start; i < Math.min(to, start + PORTION); i++) {
                    var id = 2_000_000_000L + i;
                    jobs.add(new @Nullable Object[] {id, run, i - start, "job-" + i, id, now, now});
                    var ready =
                            Ready.of(
                                    QueueRules.DEFAULT,
                                    id,
                                    id,
                                    project,
                                    Lane.of("default", List.of()),
                                    10,
                                    now + i,
                                    now + i,
                                    0);
                    var place = new LiveRow.Place(id, run, project, "job-" + i);
                    waiting.add(LiveRow.values(ready, place, 1, false));
                }
                sql.batch(
                        "insert into job (id, run_id, place, job_key, name, base_name, matrix,"
                                + " status, reason, lane, priority, runs_anyway, may_fail, needed,"
                                + " retries, failed_tries, errored_tries, attempt_id,"
                                + " attempt_number, created_at, queued_at, version) values (?, ?,"
                                + " ?, ?, 'build', 'build', '{}', 1, '', 'default', 10, 0, 0, 0, 0,"
                                + " 0, 0, ?, 1, ?, ?, 0)",
                        jobs);
                sql.batch(LiveRow.INSERT, waiting);
                connection.commit();
            }
        } finally {
            vendor.close();
        }
    }
}
