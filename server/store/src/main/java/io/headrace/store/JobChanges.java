package io.headrace.store;

import io.headrace.engine.run.JobState;
import io.headrace.engine.run.Status;
import io.headrace.engine.run.Transition;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Writes transitions of jobs. No other class changes a job's state, and none can make a {@link
 * Transition} that {@link JobState} does not offer. Each is a compare-and-set: it changes nothing
 * if the job was changed since it was read. Belongs to the writer's thread.
 */
final class JobChanges {

    private JobChanges() {}

    /** A job's next attempt, as the job's row knows it. */
    record Attempt(long id, int number, Instant queuedAt) {}

    /** Writes that the job is queued, with {@code attempt} as its newest. */
    static void queue(Sql sql, JobRow job, Transition transition, Attempt attempt)
            throws SQLException {
        expect(transition, Status.QUEUED);
        var changed =
                sql.update(
                        "update job set status = ?, reason = ?, failed_tries = ?,"
                                + " errored_tries = ?, attempt_id = ?, attempt_number = ?,"
                                + " queued_at = ?, version = version + 1"
                                + " where id = ? and version = ?",
                        transition.to(),
                        Texts.fit(transition.reason(), 4000),
                        job.failedTries(),
                        job.erroredTries(),
                        attempt.id(),
                        attempt.number(),
                        attempt.queuedAt(),
                        job.id(),
                        job.version());
        Conflicts.expect(changed, "job", job.id());
    }

    /**
     * Writes that a worker took the job. What is compared is the claim of its attempt, which the
     * caller has just written: a job is queued as long as its newest attempt is without a fence.
     */
    static void start(Sql sql, long job, Transition transition, Instant now) throws SQLException {
        expect(transition, Status.RUNNING);
        sql.update(
                "update job set status = ?, started_at = coalesce(started_at, ?),"
                        + " version = version + 1 where id = ?",
                transition.to(),
                now,
                job);
    }

    /** Writes that the job waits for something other than a worker. */
    static void hold(Sql sql, JobRow job, Transition transition) throws SQLException {
        expect(transition, Status.WAITING);
        var changed =
                sql.update(
                        "update job set status = ?, reason = ?, version = version + 1"
                                + " where id = ? and version = ?",
                        transition.to(),
                        Texts.fit(transition.reason(), 4000),
                        job.id(),
                        job.version());
        Conflicts.expect(changed, "job", job.id());
    }

    /** Writes that the job is over. */
    static void end(Sql sql, JobRow job, Transition transition, Instant now) throws SQLException {
        var changed =
                sql.update(
                        "update job set status = ?, reason = ?, failed_tries = ?,"
                                + " errored_tries = ?, finished_at = ?, version = version + 1"
                                + " where id = ? and version = ?",
                        transition.to(),
                        Texts.fit(transition.reason(), 4000),
                        job.failedTries(),
                        job.erroredTries(),
                        now,
                        job.id(),
                        job.version());
        Conflicts.expect(changed, "job", job.id());
    }

    /** Writes that a job which was cancelled for want of another waits again. */
    static void reopen(Sql sql, JobRow job, Transition transition) throws SQLException {
        expect(transition, Status.PENDING);
        var changed =
                sql.update(
                        "update job set status = ?, reason = '', finished_at = null,"
                                + " version = version + 1 where id = ? and version = ?",
                        transition.to(),
                        job.id(),
                        job.version());
        Conflicts.expect(changed, "job", job.id());
    }

    /** Forgets when a job ended that is about to be queued again, in the same transaction. */
    static void forgetEnd(Sql sql, long job) throws SQLException {
        sql.update("update job set finished_at = null where id = ?", job);
    }

    private static void expect(Transition transition, Status to) {
        if (transition.to() != to) {
            throw new IllegalArgumentException(transition + " does not lead to " + to);
        }
    }
}
