package io.headrace.store;

import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Status;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run while it is changed: locked, read once, written once. Belongs to the writer's thread. */
final class RunRow {

    /** Why a run's jobs are not to go on. */
    enum Stop {
        NONE(0),
        /** A job failed, and the plan says {@code failFast}. */
        FAIL_FAST(1),
        ASKED(2),
        TIME_IS_UP(3);

        /** Stands for it in the database; never changes. */
        final int code;

        Stop(int code) {
            this.code = code;
        }

        /** Returns whether the run itself was to end, and not only its other jobs. */
        boolean endsRun() {
            return this == ASKED || this == TIME_IS_UP;
        }

        static Stop of(int code) {
            for (var stop : values()) {
                if (stop.code == code) {
                    return stop;
                }
            }
            throw new IllegalStateException("The database holds stop_kind " + code);
        }
    }

    final long id;
    final long project;
    final boolean failFast;
    final @Nullable Instant startedAt;

    /** Whether it belongs to a group of runs that take turns. */
    final boolean takesTurns;

    private final int version;
    Status status;
    String reason;
    Stop stop;
    String stopReason;

    /** How many jobs are not terminal. */
    int jobsLeft;

    /** How many jobs ended so that the run can't succeed. */
    int jobsBad;

    @Nullable Instant finishedAt;

    private RunRow(Row row) throws SQLException {
        id = row.number(1);
        project = row.number(2);
        status = row.status(3);
        reason = row.text(4);
        failFast = row.flag(5);
        stop = Stop.of(row.small(6));
        stopReason = row.text(7);
        jobsLeft = row.small(8);
        jobsBad = row.small(9);
        startedAt = row.timeOrNull(10);
        finishedAt = row.timeOrNull(11);
        version = row.small(12);
        takesTurns = row.flag(13);
    }

    /** Locks and reads a run. */
    static Optional<RunRow> lock(Transaction transaction, long id) throws SQLException {
        return transaction.sql().first(SELECT + transaction.lock(), RunRow::new, id);
    }

    /** Likewise; empty, too, if another controller has locked it. */
    static Optional<RunRow> lockIfFree(Transaction transaction, long id) throws SQLException {
        return transaction.sql().first(SELECT + transaction.lockIfFree(), RunRow::new, id);
    }

    private static final String SELECT =
            "select id, project_id, status, reason, fail_fast, stop_kind, stop_reason, jobs_left,"
                    + " jobs_bad, started_at, finished_at, version, takes_turns"
                    + " from run where id = ?";

    void save(Transaction transaction) throws SQLException {
        var changed =
                transaction
                        .sql()
                        .update(
                                "update run set status = ?, reason = ?, stop_kind = ?,"
                                        + " stop_reason = ?, jobs_left = ?, jobs_bad = ?,"
                                        + " finished_at = ?, version = version + 1"
                                        + " where id = ? and version = ?",
                                status,
                                reason,
                                stop.code,
                                stopReason,
                                jobsLeft,
                                jobsBad,
                                finishedAt,
                                id,
                                version);
        Conflicts.expect(changed, "run", id);
        transaction.changed(new RunId(id));
    }
}
