package io.headrace.store;

import io.headrace.engine.queue.QueueRules;
import io.headrace.engine.run.JobState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job, as far as it takes to move it on.
 *
 * @param deferred whether it runs, if its condition then holds, although a need of it failed
 * @param needed whether others need it
 * @param locks how many it needs
 * @param attempt id of the newest attempt, or null if it was never queued
 */
record JobRow(
        long id,
        String key,
        JobState state,
        String lane,
        int priority,
        boolean deferred,
        boolean mayFail,
        boolean needed,
        int retries,
        int failedTries,
        int erroredTries,
        @Nullable Long attempt,
        int attemptNumber,
        @Nullable Instant queuedAt,
        int version,
        int locks) {

    private static final String SELECT =
            "select j.id, j.job_key, j.status, j.lane, j.priority, j.runs_anyway, j.may_fail,"
                    + " j.needed, j.retries, j.failed_tries, j.errored_tries, j.attempt_id,"
                    + " j.attempt_number, j.queued_at, j.version, j.locks";

    private static JobRow of(Row row) throws SQLException {
        return new JobRow(
                row.number(1),
                row.text(2),
                JobState.of(row.status(3)),
                row.text(4),
                row.small(5),
                row.flag(6),
                row.flag(7),
                row.flag(8),
                row.small(9),
                row.small(10),
                row.small(11),
                row.numberOrNull(12),
                row.small(13),
                row.timeOrNull(14),
                row.small(15),
                row.small(16));
    }

    static Optional<JobRow> find(Sql sql, long id) throws SQLException {
        return sql.first(SELECT + " from job j where j.id = ?", JobRow::of, id);
    }

    /** Lists the jobs behind a gate, in the order of the plan. */
    static List<JobRow> behind(Sql sql, long gate) throws SQLException {
        return sql.list(
                SELECT
                        + " from waiter w join job j --DERBY-PROPERTIES"
                        + " joinStrategy=NESTEDLOOP\n"
                        + " on j.id = w.job_id where w.gate_id = ? order by j.place",
                JobRow::of,
                gate);
    }

    /** Lists the jobs of a run that are not over, in the order of the plan. */
    static List<JobRow> unfinished(Sql sql, long run) throws SQLException {
        return sql.list(
                SELECT + " from job j where j.run_id = ? and j.status < 4 order by j.place",
                JobRow::of,
                run);
    }

    Ready ready(
            QueueRules rules,
            long project,
            long attempt,
            Instant queued,
            Instant now,
            Instant notBefore) {
        return Ready.of(
                rules,
                attempt,
                id,
                project,
                Lane.parse(lane),
                priority,
                Times.micros(queued),
                Times.micros(now),
                notBefore.isAfter(now) ? Times.micros(notBefore) : 0);
    }

    JobRow withTries(int failed, int errored) {
        return new JobRow(
                id,
                key,
                state,
                lane,
                priority,
                deferred,
                mayFail,
                needed,
                retries,
                failed,
                errored,
                attempt,
                attemptNumber,
                queuedAt,
                version,
                locks);
    }
}
