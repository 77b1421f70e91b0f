package io.headrace.store;

import io.headrace.engine.run.RunStore;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The queue that controllers share: an index of the database. Each lane is read from its own end of
 * the index, so a claim costs the same however many jobs wait; what others have locked is skipped.
 */
final class SharedQueue implements ReadyQueue {

    /** How old our knowledge of lanes may be that other controllers opened. */
    private static final long LANES_MICROS = 200_000;

    private static final String LANES =
            "with recursive l (lane) as ("
                    + "(select lane from live where fence is null order by lane limit 1)"
                    + " union all select (select lane from live where fence is null"
                    + " and lane > l.lane order by lane limit 1) from l where l.lane is not null)"
                    + " select lane from l where lane is not null";

    private final Map<String, Lane> lanes = new HashMap<>();
    private long readAt;

    @Override
    public void load(Sql sql) throws SQLException {
        var found = sql.list(LANES, row -> row.text(1));
        lanes.keySet().retainAll(new HashSet<>(found));
        found.forEach(lane -> lanes.computeIfAbsent(lane, Lane::parse));
    }

    @Override
    public void added(Transaction transaction, Ready ready) {
        var lane = ready.lane();
        transaction.onCommit(() -> lanes.putIfAbsent(lane.text(), lane));
    }

    @Override
    public void removed(Transaction transaction, Lane lane) {
        // The index knows.
    }

    @Override
    public List<Long> pick(
            Transaction transaction, Collection<String> pools, Set<String> labels, int max)
            throws SQLException {
        refresh(transaction);
        var suitable = lanes(lane -> lane.suits(pools, labels));
        if (suitable.length == 0) {
            return List.of();
        }
        var sql = transaction.sql();
        return sql.list(
                "select j.attempt_id from unnest(?) as l (lane) cross join lateral ("
                        + "select attempt_id, job_id, priority, queued_at from live"
                        + " where live.lane = l.lane and fence is null and not_before <= ?"
                        + " order by priority desc, queued_at, job_id limit ?"
                        + " for update skip locked) j"
                        + " order by j.priority desc, j.queued_at, j.job_id limit ?",
                row -> row.number(1),
                sql.connection().createArrayOf("text", suitable),
                transaction.now(),
                max,
                max);
    }

    private void refresh(Transaction transaction) throws SQLException {
        var now = Times.micros(transaction.now());
        if (now - readAt > LANES_MICROS || now < readAt) {
            load(transaction.sql());
            readAt = now;
        }
    }

    private String[] lanes(Predicate<Lane> wanted) {
        return lanes.values().stream().filter(wanted).map(Lane::text).toArray(String[]::new);
    }

    @Override
    public List<Long> first(Transaction transaction, int limit) throws SQLException {
        load(transaction.sql());
        var sql = transaction.sql();
        return sql.list(
                "select j.attempt_id from unnest(?) as l (lane) cross join lateral ("
                        + "select attempt_id, job_id, priority, queued_at, not_before from live"
                        + " where live.lane = l.lane and fence is null"
                        + " order by priority desc, queued_at, job_id limit ?) j"
                        + " order by greatest(j.not_before, ?), j.priority desc, j.queued_at,"
                        + " j.job_id limit ?",
                row -> row.number(1),
                sql.connection().createArrayOf("text", lanes(_ -> true)),
                limit,
                transaction.now(),
                limit);
    }

    @Override
    public RunStore.Depth depth(Transaction transaction) throws SQLException {
        return transaction
                .sql()
                .first(
                        "select (select count(*) from live where fence is null),"
                                + " (select count(*) from live where fence is not null),"
                                + " (select min(created_at) from live where fence is null)",
                        row -> new RunStore.Depth(row.small(1), row.small(2), row.timeOrNull(3)))
                .orElseThrow();
    }
}
