package io.headrace.store;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is not over.
 *
 * @param worker that has it, or null while it waits
 * @param fence of its claim, or null while it waits
 */
record LiveRow(
        long attempt,
        Place place,
        int number,
        boolean needsFailed,
        String lane,
        @Nullable String worker,
        @Nullable Long fence,
        @Nullable Instant leaseUntil,
        Instant createdAt,
        @Nullable Instant startedAt) {

    /** What an attempt is a try at. */
    record Place(long job, long run, long project, String key) {}

    static final String SELECT =
            "select l.attempt_id, l.job_id, l.run_id, l.project_id, l.job_key, l.number,"
                    + " l.needs_failed, l.lane, l.worker, l.fence, l.lease_until, l.created_at,"
                    + " l.started_at from live l";

    /** Like {@link #SELECT}; for queries about leases. */
    static final String LEASED = SELECT + " --DERBY-PROPERTIES index=LIVE_LEASE\n";

    /** Picks attempts that run; has an upper bound because Derby's indexes end with nulls. */
    static final String RUNNING =
            " where l.fence is not null and l.lease_until >= 0 and l.lease_until < "
                    + Long.MAX_VALUE;

    static final String COUNT_RUNNING =
            "select count(*) from live l --DERBY-PROPERTIES index=LIVE_LEASE\n" + RUNNING;

    static LiveRow of(Row row) throws SQLException {
        return new LiveRow(
                row.number(1),
                new Place(row.number(2), row.number(3), row.number(4), row.text(5)),
                row.small(6),
                row.flag(7),
                row.text(8),
                row.textOrNull(9),
                row.numberOrNull(10),
                row.timeOrNull(11),
                row.time(12),
                row.timeOrNull(13));
    }

    static Optional<LiveRow> find(Sql sql, long attempt) throws SQLException {
        return sql.first(SELECT + " where l.attempt_id = ?", LiveRow::of, attempt);
    }

    static void insert(Sql sql, Ready ready, Place place, int number, boolean needsFailed)
            throws SQLException {
        sql.update(INSERT, values(ready, place, number, needsFailed));
    }

    static final String INSERT =
            "insert into live (attempt_id, job_id, run_id, project_id, job_key, number,"
                    + " needs_failed, lane, priority, queued_at, created_at, not_before,"
                    + " queue_rank, urgent) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static @Nullable Object[] values(Ready ready, Place place, int number, boolean needsFailed) {
        return new @Nullable Object[] {
            ready.attempt(),
            place.job(),
            place.run(),
            place.project(),
            place.key(),
            number,
            needsFailed,
            ready.lane().text(),
            ready.priority(),
            ready.queuedAt(),
            ready.createdAt(),
            ready.notBefore(),
            ready.rank(),
            ready.urgent()
        };
    }

    Claim claim(long fence, Instant leaseUntil) {
        return new Claim(
                new AttemptId(attempt),
                new JobId(place.job()),
                new RunId(place.run()),
                new ProjectId(place.project()),
                place.key(),
                fence,
                number,
                needsFailed,
                leaseUntil);
    }

    /** Forgets an attempt, whatever its state, of a run that is deleted. */
    static void forget(Transaction transaction, long attempt) throws SQLException {
        var live = find(transaction.sql(), attempt);
        if (live.isPresent()) {
            transaction.sql().update("delete from live where attempt_id = ?", attempt);
            if (live.get().fence() == null) {
                transaction.queue().withdrawn(transaction, attempt);
            } else {
                transaction.queue().ended(transaction, live.get());
            }
        }
    }

    /** Ends this attempt: it becomes history. */
    void end(Transaction transaction, io.headrace.engine.run.RunStore.Ending ending)
            throws SQLException {
        var sql = transaction.sql();
        Conflicts.expect(
                sql.update("delete from live where attempt_id = ? and fence = ?", attempt, fence),
                "attempt",
                attempt);
        transaction.queue().ended(transaction, this);
        sql.update(
                "insert into attempt (id, job_id, number, status, reason, exit_code, worker,"
                        + " created_at, started_at, finished_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                attempt,
                place.job(),
                number,
                ending.status(),
                Texts.fit(ending.reason(), 4000),
                ending.exitCode(),
                worker,
                createdAt,
                startedAt,
                transaction.now());
    }
}
