package io.headrace.store;

import io.headrace.engine.TimeId;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore.Renewal;
import io.headrace.engine.run.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/** Stops runs, and tells their workers. Belongs to the writer's thread. */
final class Stopping {

    private final Queueing queueing;
    private final TimeId ids;

    Stopping(Queueing queueing, TimeId ids) {
        this.queueing = queueing;
        this.ids = ids;
    }

    List<AttemptId> cancel(Transaction transaction, RunId id, String reason) throws SQLException {
        var run = RunRow.lock(transaction, id.value());
        if (run.isEmpty() || run.get().status.isTerminal()) {
            return List.of();
        }
        if (!run.get().stop.endsRun()) {
            stop(transaction, run.get(), RunRow.Stop.ASKED, reason);
        }
        return transaction
                .sql()
                .list(
                        "select l.attempt_id from job j join live l --DERBY-PROPERTIES"
                                + " joinStrategy=NESTEDLOOP\n"
                                + " on l.attempt_id = j.attempt_id where j.run_id = ?"
                                + " and l.fence is not null order by l.attempt_id",
                        row -> new AttemptId(row.number(1)),
                        id.value());
    }

    private void stop(Transaction transaction, RunRow run, RunRow.Stop kind, String reason)
            throws SQLException {
        run.stop = kind;
        run.stopReason = Texts.fit(reason, 4000);
        new Settlement(transaction, run, queueing, ids).settle();
    }

    /** Lists runs that are over their time limit. */
    static List<RunId> late(Sql sql, Vendor vendor) throws SQLException {
        return sql.list(
                "select id from run --DERBY-PROPERTIES index=RUN_BY_STATUS\n"
                        + " where status = 2 and started_at + time_limit < ?"
                        + " and stop_kind < 2 order by id desc",
                row -> new RunId(row.number(1)),
                vendor.now(sql));
    }

    boolean expire(Transaction transaction, RunId id) throws SQLException {
        var run = RunRow.lock(transaction, id.value());
        if (run.isEmpty() || run.get().status != Status.RUNNING || run.get().stop.endsRun()) {
            return false;
        }
        var limit =
                transaction
                        .sql()
                        .first(
                                "select time_limit from run where id = ?",
                                row -> row.number(1),
                                id.value())
                        .orElse(0L);
        var words = Texts.words(Duration.ofNanos(limit * 1000));
        stop(
                transaction,
                run.get(),
                RunRow.Stop.TIME_IS_UP,
                "the run took longer than its time limit of " + words);
        return true;
    }

    /** Lists attempts whose lease ran out. */
    static List<LiveRow> silent(Sql sql, Vendor vendor) throws SQLException {
        return sql.list(
                LiveRow.LEASED
                        + " where l.fence is not null and l.lease_until < ?"
                        + " order by l.attempt_id",
                LiveRow::of,
                vendor.now(sql));
    }

    Renewal renew(Transaction transaction, List<Claim> claims, Duration lease) throws SQLException {
        var sql = transaction.sql();
        var until = transaction.now().plus(lease);
        var lost = new HashSet<AttemptId>();
        var cancelled = new HashSet<AttemptId>();
        // In the same order everywhere, so that no two controllers wait for each other.
        var inOrder = claims.stream().sorted(Comparator.comparing(Claim::attempt)).toList();
        for (var claim : inOrder) {
            var renewed =
                    sql.update(
                            "update live set lease_until = ? where attempt_id = ? and fence = ?",
                            until,
                            claim.attempt().value(),
                            claim.fence());
            if (renewed == 0) {
                lost.add(claim.attempt());
            } else if (sql.exists(
                    "select 1 from run where id = ? and stop_kind > 0", claim.run().value())) {
                cancelled.add(claim.attempt());
            }
        }
        return new Renewal(lost, cancelled);
    }
}
