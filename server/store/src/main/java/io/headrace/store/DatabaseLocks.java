package io.headrace.store;

import io.headrace.engine.lock.LockStore;
import io.headrace.engine.lock.LockView;
import io.headrace.engine.lock.LockView.Owner;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.RunId;
import io.headrace.store.Operation.Turn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Locks in a database. */
final class DatabaseLocks implements LockStore, LockDesk.Work {

    private final Core core;
    private final LockDesk desk;
    private final Granting granting;
    private final Stopping stopping;

    DatabaseLocks(Core core, LockDesk desk) {
        this.core = core;
        this.desk = desk;
        this.granting = new Granting(core.vendor(), core.queueing(), core.ids());
        this.stopping = new Stopping(core.queueing(), core.ids());
    }

    @Override
    public List<LockView> list() {
        return core.readers()
                .read(sql -> {
                    var holders = byKey(sql, "lock_holder");
                    var waiters = byKey(sql, "lock_waiter");
                    var keys = new HashSet<>(holders.keySet());
                    keys.addAll(waiters.keySet());
                    return keys.stream()
                            .sorted()
                            .map(key ->
                                    view(
                                            LockKey.parse(key),
                                            holders.getOrDefault(key, List.of()),
                                            waiters.getOrDefault(key, List.of())))
                            .toList();
                });
    }

    private static LockView view(LockKey key, List<Owner> holders, List<Owner> waiters) {
        var project =
                key.project() == 0
                        ? null
                        : (holders.isEmpty() ? waiters : holders).getFirst().project();
        return new LockView(key.kind(), key.name(), project, holders, waiters);
    }

    private static Map<String, List<Owner>> byKey(Sql sql, String table) throws SQLException {
        record Line(String key, Owner owner) {}
        var lines =
                sql.list(
                        "select l.lock_key, l.run_id, p.name, r.number, j.job_key, l.since from "
                                + table
                                + " l join run r on r.id = l.run_id"
                                + " join project p on p.id = r.project_id"
                                + " left join job j on j.id = l.job_id where l.since is not null"
                                + " order by l.since, l.run_id, l.job_id",
                        row ->
                                new Line(
                                        row.text(1),
                                        new Owner(
                                                new RunId(row.number(2)),
                                                row.text(3),
                                                row.number(4),
                                                row.textOrNull(5),
                                                row.time(6))));
        var byKey = new TreeMap<String, List<Owner>>();
        for (var line : lines) {
            byKey.computeIfAbsent(line.key(), _ -> new ArrayList<>()).add(line.owner());
        }
        return byKey;
    }

    @Override
    public int reconcile() {
        return reconcile(key -> desk.changed(List.of(key)));
    }

    @Override
    public int reconcile(Consumer<String> look) {
        core.readers()
                .read(sql ->
                        sql.list(
                                "select distinct lock_key from lock_waiter"
                                        + " where since is not null",
                                row -> row.text(1)))
                .forEach(look);
        var leaked = 0;
        for (var owner : core.readers().read(DatabaseLocks::leaked)) {
            if (core.writer()
                    .call(Turn.RUN, owner.run(), transaction -> takeBack(transaction, owner))) {
                leaked++;
            }
        }
        return leaked;
    }

    private record Held(long run, long job) {}

    /** Finds holders that are over, or not there at all. */
    private static List<Held> leaked(Sql sql) throws SQLException {
        return sql.list(
                "select l.run_id, l.job_id from lock_holder l left join run r on r.id = l.run_id"
                        + " left join job j on j.id = l.job_id"
                        + " where r.id is null or r.status >= 4"
                        + " or (l.job_id <> 0 and (j.id is null or j.status >= 4))",
                row -> new Held(row.number(1), row.number(2)));
    }

    private boolean takeBack(Transaction transaction, Held owner) throws SQLException {
        var _ = RunRow.lock(transaction, owner.run());
        if (!leaked(transaction.sql()).contains(owner)) {
            return false;
        }
        core.queueing().locks().release(transaction, owner.run(), owner.job());
        return true;
    }

    @Override
    public boolean look(String key, Consumer<List<AttemptId>> stopped) {
        var look =
                core.writer().call(Turn.CLAIM, 0, transaction -> granting.look(transaction, key));
        for (var old : look.superseded()) {
            var running =
                    core.writer()
                            .call(
                                    Turn.RUN,
                                    old.run().value(),
                                    transaction ->
                                            stopping.cancel(transaction, old.run(), old.reason()));
            if (!running.isEmpty()) {
                stopped.accept(running);
            }
        }
        return look.again();
    }

    @Override
    public void onSuperseded(Consumer<List<AttemptId>> listener) {
        desk.onSuperseded(listener);
    }
}
