package io.headrace.store;

import io.headrace.engine.TimeId;
import io.headrace.engine.retry.Failure;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.JobState;
import io.headrace.engine.run.RunStore.Ending;
import io.headrace.engine.run.StaleFence;
import io.headrace.engine.run.Status;
import io.headrace.engine.run.StepTry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What workers report of their attempts. Belongs to the writer's thread. */
final class Reports {

    private final Queueing queueing;
    private final TimeId ids;
    private final Tries tries;

    Reports(Queueing queueing, TimeId ids, Tries tries) {
        this.queueing = queueing;
        this.ids = ids;
        this.tries = tries;
    }

    /** A report on a step that began. */
    boolean stepStarted(Transaction transaction, Claim claim, int index, String name)
            throws SQLException {
        var sql = transaction.sql();
        refuseStale(transaction, claim);
        var again =
                sql.update(
                        "update step set status = ?, reason = '', exit_code = null,"
                                + " finished_at = null where attempt_id = ? and place = ?",
                        Status.RUNNING,
                        claim.attempt().value(),
                        index);
        if (again == 0) {
            insertStep(sql, claim, index, name, Status.RUNNING, "", null, transaction.now(), null);
        }
        transaction.changed(claim.run());
        return true;
    }

    /** A report on a step that ended. */
    boolean stepEnded(
            Transaction transaction,
            Claim claim,
            int index,
            String name,
            Status status,
            String reason,
            @Nullable Integer exitCode)
            throws SQLException {
        var sql = transaction.sql();
        refuseStale(transaction, claim);
        var now = transaction.now();
        var started =
                sql.update(
                        "update step set status = ?, reason = ?, exit_code = ?, finished_at = ?"
                                + " where attempt_id = ? and place = ?",
                        status,
                        Texts.fit(reason, 4000),
                        exitCode,
                        now,
                        claim.attempt().value(),
                        index);
        if (started == 0) {
            insertStep(sql, claim, index, name, status, reason, exitCode, null, now);
        }
        transaction.changed(claim.run());
        return true;
    }

    /** A report on a try of a step that is followed by another. */
    boolean stepTried(Transaction transaction, Claim claim, int index, StepTry tried)
            throws SQLException {
        refuseStale(transaction, claim);
        RetryRows.tried(transaction, claim, index, tried);
        return true;
    }

    private static void insertStep(
            Sql sql,
            Claim claim,
            int index,
            String name,
            Status status,
            String reason,
            @Nullable Integer exitCode,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt)
            throws SQLException {
        sql.update(
                "insert into step (attempt_id, place, job_id, name, status, reason, exit_code,"
                        + " started_at, finished_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                claim.attempt().value(),
                index,
                claim.job().value(),
                Texts.fit(name, 1000),
                status,
                Texts.fit(reason, 4000),
                exitCode,
                startedAt,
                finishedAt);
    }

    private static void refuseStale(Transaction transaction, Claim claim) throws SQLException {
        if (!transaction
                .sql()
                .exists(
                        "select 1 from live where attempt_id = ? and fence = ?"
                                + transaction.lock(),
                        claim.attempt().value(),
                        claim.fence())) {
            throw new StaleFence(claim.attempt(), claim.fence());
        }
    }

    /** A worker's report that its attempt ended. */
    boolean finish(
            Transaction transaction, Claim claim, Ending ending, @Nullable GeneratedJobs generated)
            throws SQLException {
        if (!end(
                transaction,
                claim.run().value(),
                claim.attempt().value(),
                live -> live.fence() != null && live.fence() == claim.fence(),
                ending,
                generated)) {
            throw new StaleFence(claim.attempt(), claim.fence());
        }
        return true;
    }

    /** Ends an attempt whose worker is silent; false if it has reported, or ended, meanwhile. */
    boolean expire(Transaction transaction, long run, long attempt) throws SQLException {
        var now = transaction.now();
        return end(
                transaction,
                run,
                attempt,
                live -> live.leaseUntil() != null && live.leaseUntil().isBefore(now),
                lost("worker lost"),
                null);
    }

    /** Ends an attempt that runs on {@code worker}; false if it does not any more. */
    boolean abandon(Transaction transaction, long run, long attempt, String worker, String reason)
            throws SQLException {
        return end(
                transaction,
                run,
                attempt,
                live -> worker.equals(live.worker()),
                lost(reason),
                null);
    }

    private static Ending lost(String reason) {
        return Ending.errored(reason, Failure.WORKER_LOST);
    }

    private boolean end(
            Transaction transaction,
            long runId,
            long attempt,
            Predicate<LiveRow> rightful,
            Ending ending,
            @Nullable GeneratedJobs generated)
            throws SQLException {
        var sql = transaction.sql();
        var run = RunRow.lock(transaction, runId);
        var live = LiveRow.find(sql, attempt).filter(rightful);
        if (run.isEmpty() || live.isEmpty()) {
            return false;
        }
        live.get().end(transaction, ending);
        var job = JobRow.find(sql, live.get().place().job()).orElseThrow();
        if (!(job.state() instanceof JobState.Running running)) {
            throw new IllegalStateException(
                    "Job " + job.id() + " is " + job.state() + ", but its attempt runs");
        }
        var settlement = new Settlement(transaction, run.get(), queueing, ids);
        if (run.get().stop != RunRow.Stop.NONE) {
            var last = tries.last(transaction, job, ending);
            // That its worker was lost on the way is not what ended it.
            settlement.end(
                    job,
                    ending.status() == Status.ERRORED
                            ? running.end(Status.CANCELLED, run.get().stopReason)
                            : running.end(ending.status(), last));
            tell(transaction, generated);
            settlement.settle();
            return true;
        }
        var next = tries.after(transaction, runId, job, ending);
        if (next.again()) {
            queueing.queue(
                    transaction,
                    run.get(),
                    next.job(),
                    running.retry(next.reason()),
                    new Queueing.Try(
                            ids.next(),
                            job.attemptNumber() + 1,
                            live.get().needsFailed(),
                            queuedAt(job, transaction),
                            next.delay()));
        } else {
            settlement.end(next.job(), running.end(ending.status(), next.reason()));
            DeadLetterRows.insertIfDead(transaction, ids.next(), run.get(), job, ending);
            tell(transaction, generated);
            if (generated != null && ending.status() == Status.SUCCEEDED) {
                generated.addTo(run.get(), transaction);
            }
        }
        settlement.settle();
        return true;
    }

    /** Says what is wrong with what was generated, also where the run gets nothing to do of it. */
    private static void tell(Transaction transaction, @Nullable GeneratedJobs generated)
            throws SQLException {
        if (generated != null) {
            generated.tell(transaction);
        }
    }

    private static Instant queuedAt(JobRow job, Transaction transaction) {
        return job.queuedAt() == null ? transaction.now() : job.queuedAt();
    }
}
