package io.headrace.store;

import io.headrace.engine.queue.QueueRules;
import io.headrace.engine.run.Status;
import io.headrace.engine.run.Transition;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Puts jobs into the queue and takes them out. Belongs to the writer's thread. */
final class Queueing {

    private final ReadyQueue ready;
    private final Notifier notifier;
    private final QueueRules rules;
    private final Locks locks;

    /**
     * An attempt to be queued.
     *
     * @param number counted from 1
     * @param needsFailed see {@link io.headrace.engine.run.Claim#needsFailed}
     * @param queuedAt gives its place among equal priorities
     */
    record Try(long id, int number, boolean needsFailed, Instant queuedAt, Duration delay) {}

    Queueing(ReadyQueue ready, Notifier notifier, QueueRules rules, Locks locks) {
        this.ready = ready;
        this.notifier = notifier;
        this.rules = rules;
        this.locks = locks;
    }

    Locks locks() {
        return locks;
    }

    /** Writes a transition to {@code QUEUED}, and the new attempt that comes with it. */
    void queue(Transaction transaction, RunRow run, JobRow job, Transition transition, Try attempt)
            throws SQLException {
        JobChanges.queue(
                transaction.sql(),
                job,
                transition,
                new JobChanges.Attempt(attempt.id(), attempt.number(), attempt.queuedAt()));
        var now = transaction.now();
        var waiting =
                job.ready(
                        rules,
                        run.project,
                        attempt.id(),
                        attempt.queuedAt(),
                        now,
                        Settlement.notBefore(now, attempt.delay()));
        LiveRow.insert(
                transaction.sql(),
                waiting,
                new LiveRow.Place(job.id(), run.id, run.project, job.key()),
                attempt.number(),
                attempt.needsFailed());
        added(transaction, waiting, attempt.delay());
    }

    /** Returns by which rules jobs are put in order. */
    QueueRules rules() {
        return rules;
    }

    /** Notes that {@code waiting}, which is in the database, can be claimed after {@code delay}. */
    void added(Transaction transaction, Ready waiting, Duration delay) {
        ready.added(transaction, waiting);
        transaction.onCommit(() -> notifier.queued(delay));
    }

    /**
     * Takes the newest attempt of a queued job out of the queue.
     *
     * @return false if a worker has it already
     */
    boolean withdraw(Transaction transaction, JobRow job, String reason) throws SQLException {
        var attempt = job.attempt();
        if (attempt == null) {
            return false;
        }
        var sql = transaction.sql();
        var createdAt =
                sql.first(
                        "select created_at from live where attempt_id = ?",
                        row -> row.time(1),
                        attempt);
        if (createdAt.isEmpty()
                || sql.update("delete from live where attempt_id = ? and fence is null", attempt)
                        == 0) {
            return false;
        }
        sql.update(
                "insert into attempt (id, job_id, number, status, reason, created_at, finished_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                attempt,
                job.id(),
                job.attemptNumber(),
                Status.CANCELLED,
                Texts.fit(reason, 4000),
                createdAt.get(),
                transaction.now());
        ready.withdrawn(transaction, attempt);
        return true;
    }
}
