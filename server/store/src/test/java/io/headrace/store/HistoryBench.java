package io.headrace.store;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.run.RunFilter;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Status;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Measures lists and details over a long history. Arguments: {@code derby} or {@code postgresql},
 * and how many finished runs.
 */
final class HistoryBench {

    private static final int PORTION = 500;
    private static final int PROJECTS = 20;

    private HistoryBench() {}

    public static void main(String[] arguments) throws SQLException {
        var runs = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("derby")) {
            try (var database = TestDatabase.Kind.DERBY.create()) {
                measure("Derby", database.config(), runs);
            }
        } else {
            try (var server = PostgresqlServer.start(false)) {
                measure("PostgreSQL", server.config(server.create()), runs);
            }
        }
    }

    private static void measure(String name, DatabaseConfig config, int count) throws SQLException {
        var ids = new ArrayList<Long>();
        try (var stores = DatabaseStores.open(config, InstantSource.system())) {
            var site = new Site(stores);
            for (var i = 0; i < PROJECTS; i++) {
                ids.add(site.project("project-" + i).value());
            }
            fill(config, count, ids, stores);
            var plan = Plans.of(Plans.job("build").build(), Plans.job("test", "build").build());
            var run =
                    stores.runs()
                            .accept(
                                    site.newRun(
                                            stores.projects().find("project-3").orElseThrow().id(),
                                            plan))
                            .run();
            var random = new Random(1);
            System.out.printf("%s, %,d runs of history%n", name, count);
            print("newest 50", () -> stores.runs().list(RunFilter.ALL, null, 50));
            print("newest 50 of a project", () -> list(stores, "project-3", null, null));
            print("newest 50 of a branch", () -> list(stores, "project-3", null, "b3"));
            print("newest 50 failed", () -> list(stores, null, Status.FAILED, null));
            print("newest 50 running", () -> list(stores, null, Status.RUNNING, null));
            print("failed of a branch", () -> list(stores, "project-3", Status.FAILED, "b3"));
            print(
                    "a page in the middle",
                    () ->
                            stores.runs()
                                    .list(
                                            RunFilter.ALL,
                                            new RunId(MIDDLE + random.nextInt(count / 2))
                                                    .toString(),
                                            50));
            print("badge", () -> stores.runs().latestFinished(new ProjectId(ids.get(3)), "b3"));
            print("detail", () -> stores.runs().detail(run));
            print("depth", () -> stores.runs().depth());
        }
    }

    private static final long MIDDLE = 1000;

    private static Object list(
            DatabaseStores stores,
            @Nullable String project,
            @Nullable Status status,
            @Nullable String branch) {
        return stores.runs().list(new RunFilter(project, status, branch), null, 50);
    }

    private static void print(String what, Runnable reading) {
        var times = new long[300];
        for (var i = 0; i < times.length; i++) {
            var begin = System.nanoTime();
            reading.run();
            times[i] = System.nanoTime() - begin;
        }
        Arrays.sort(times);
        System.out.printf(
                "  %-24s p50 %6d us  p99 %6d us%n", what, times[150] / 1000, times[297] / 1000);
    }

    /** Writes finished runs, with a job and an attempt each, past the store. */
    private static void fill(
            DatabaseConfig config, int count, List<Long> projects, DatabaseStores stores)
            throws SQLException {
        var vendor = DatabaseStores.connect(config, InstantSource.system());
        try (var connection = vendor.connect();
                var sql = new Sql(connection)) {
            for (var from = 0; from < count; from += PORTION) {
                var runs = new ArrayList<@Nullable Object[]>();
                var jobs = new ArrayList<@Nullable Object[]>();
                var attempts = new ArrayList<@Nullable Object[]>();
                for (var i = from; i < from + PORTION; i++) {
                    var id = MIDDLE + i;
                    var status = i % 7 == 0 ? Status.FAILED : Status.SUCCEEDED;
                    var at = Times.micros(TestDatabase.START) + i;
                    runs.add(
                            new @Nullable Object[] {
                                id,
                                projects.get(i % PROJECTS),
                                (long) (1_000_000 + i),
                                status,
                                "b" + i % 10,
                                at,
                                at,
                                at
                            });
                    jobs.add(new @Nullable Object[] {id, id, status, at});
                    attempts.add(new @Nullable Object[] {id, id, status, at, at});
                }
                sql.batch(
                        "insert into run (id, project_id, number, status, reason, ref_name, event, branch,"
                                + " commit_id, message, author, triggered_by, created_at,"
                                + " started_at, finished_at, fail_fast, stop_kind, stop_reason,"
                                + " jobs_left, jobs_bad, version) values (?, ?, ?, ?, '',"
                                + " 'refs/heads/main', 'PUSH', ?, 'c0ffee', 'Add a feature', 'Ada',"
                                + " 'ada', ?, ?, ?, 0, 0, '', 0, 0, 0)",
                        runs);
                sql.batch(
                        "insert into job (id, run_id, place, job_key, name, base_name, matrix,"
                                + " status, reason, lane, priority, runs_anyway, may_fail, needed,"
                                + " retries, failed_tries, errored_tries, attempt_number,"
                                + " created_at, version) values (?, ?, 0, 'build', 'build',"
                                + " 'build', '{}', ?, '', 'default', 0, 0, 0, 0, 0, 0, 0, 1, ?, 0)",
                        jobs);
                sql.batch(
                        "insert into attempt (id, job_id, number, status, reason, created_at,"
                                + " finished_at) values (?, ?, 1, ?, '', ?, ?)",
                        attempts);
                connection.commit();
            }
        }
        stores.ping();
    }
}
