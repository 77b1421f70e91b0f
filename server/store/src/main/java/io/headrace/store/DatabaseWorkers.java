package io.headrace.store;

import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.RunId;
import io.headrace.engine.worker.WorkerRegistry;
import io.headrace.engine.worker.WorkerView;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The workers of all processes, in a database. */
final class DatabaseWorkers implements WorkerRegistry {

    /** More than a list can show. */
    private static final int MOST_WORK = 10_000;

    private final Core core;

    DatabaseWorkers(Core core) {
        this.core = core;
    }

    @Override
    public long enter(Entry entry, Duration lease) {
        var session = core.ids().next();
        core.writer()
                .change(transaction -> {
                    var sql = transaction.sql();
                    sql.update("delete from worker where name = ?", entry.name());
                    insert(transaction, entry, session, false, lease);
                    return true;
                });
        return session;
    }

    private static void insert(
            Transaction transaction, Entry entry, long session, boolean draining, Duration lease)
            throws SQLException {
        var now = transaction.now();
        transaction
                .sql()
                .update(
                        "insert into worker (name, session_id, kind, pools, labels, slots, version,"
                                + " started_at, seen_at, lease_until, draining)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        Texts.fit(entry.name(), 500),
                        session,
                        entry.kind(),
                        words(entry.pools()),
                        words(entry.labels()),
                        entry.slots(),
                        Texts.fit(entry.version(), 100),
                        now,
                        now,
                        now.plus(lease),
                        draining);
    }

    @Override
    public boolean beat(Entry entry, long session, boolean draining, Duration lease) {
        return core.writer()
                .change(transaction -> {
                    var sql = transaction.sql();
                    var now = transaction.now();
                    if (sql.update(
                                    "update worker set seen_at = ?, lease_until = ?, draining = ?"
                                            + " where name = ? and session_id = ?",
                                    now,
                                    now.plus(lease),
                                    draining,
                                    entry.name(),
                                    session)
                            > 0) {
                        return true;
                    }
                    if (sql.exists("select 1 from worker where name = ?", entry.name())) {
                        return false;
                    }
                    insert(transaction, entry, session, draining, lease);
                    return true;
                });
    }

    @Override
    public void leave(String name, long session) {
        core.writer()
                .change(transaction ->
                        transaction
                                .sql()
                                .update(
                                        "delete from worker where name = ? and session_id = ?",
                                        name,
                                        session));
    }

    @Override
    public List<WorkerView> list() {
        return core.readers()
                .read(sql -> {
                    var now = core.vendor().now(sql);
                    var working = working(sql);
                    return sql.list(
                            "select name, kind, pools, labels, slots, draining, lease_until,"
                                    + " started_at, seen_at, version from worker order by name",
                            row ->
                                    new WorkerView(
                                            row.text(1),
                                            row.text(2),
                                            words(row.text(3)),
                                            words(row.text(4)),
                                            row.small(5),
                                            working.getOrDefault(row.text(1), List.of()),
                                            state(row.flag(6), row.time(7), now),
                                            row.time(8),
                                            row.time(9),
                                            row.text(10)));
                });
    }

    private static WorkerView.State state(boolean draining, Instant leaseUntil, Instant now) {
        if (leaseUntil.isBefore(now)) {
            return WorkerView.State.LOST;
        }
        return draining ? WorkerView.State.DRAINING : WorkerView.State.ONLINE;
    }

    /** What runs, by worker, oldest first. */
    private static Map<String, List<WorkerView.Work>> working(Sql sql) throws SQLException {
        var running =
                sql.list(
                        LiveRow.LEASED
                                + LiveRow.RUNNING
                                + " order by l.attempt_id fetch first "
                                + MOST_WORK
                                + " rows only",
                        LiveRow::of);
        var working = new HashMap<String, List<WorkerView.Work>>();
        for (var live : running) {
            var worker = live.worker();
            var since = live.startedAt();
            if (worker == null || since == null) {
                continue;
            }
            var work =
                    sql.first(
                            "select p.name, r.number, j.name from job j"
                                    + " join run r on r.id = j.run_id"
                                    + " join project p on p.id = r.project_id where j.id = ?",
                            row ->
                                    new WorkerView.Work(
                                            new AttemptId(live.attempt()),
                                            new RunId(live.place().run()),
                                            row.text(1),
                                            row.number(2),
                                            row.text(3),
                                            since),
                            live.place().job());
            work.ifPresent(
                    each -> working.computeIfAbsent(worker, _ -> new ArrayList<>()).add(each));
        }
        return working;
    }

    @Override
    public List<String> forget(Duration silence) {
        var silent =
                core.readers()
                        .read(sql ->
                                sql.list(
                                        "select name from worker where seen_at < ? order by name",
                                        row -> row.text(1),
                                        core.vendor().now(sql).minus(silence)));
        var forgotten = new ArrayList<String>();
        for (var name : silent) {
            if (core.writer()
                    .change(transaction ->
                            transaction
                                            .sql()
                                            .update(
                                                    "delete from worker where name = ?"
                                                            + " and seen_at < ? and not exists ("
                                                            + "select 1 from live where worker = ?)",
                                                    name,
                                                    transaction.now().minus(silence),
                                                    name)
                                    > 0)) {
                forgotten.add(name);
            }
        }
        return forgotten;
    }

    private static String words(Set<String> words) {
        return Texts.fit(String.join(",", new TreeSet<>(words)), 4000);
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split(","))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
