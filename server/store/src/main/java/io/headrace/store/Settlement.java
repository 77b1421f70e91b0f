package io.headrace.store;

import io.headrace.engine.TimeId;
import io.headrace.engine.run.JobState.Ended;
import io.headrace.engine.run.JobState.Pending;
import io.headrace.engine.run.JobState.Queued;
import io.headrace.engine.run.JobState.Running;
import io.headrace.engine.run.JobState.Waiting;
import io.headrace.engine.run.Status;
import io.headrace.engine.run.Transition;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ends jobs of one run and does what follows from that: dependants become ready or are cancelled,
 * and the run ends with its last job. Lives for one operation.
 */
final class Settlement {

    private final Transaction transaction;
    private final Sql sql;
    private final RunRow run;
    private final Queueing queueing;
    private final TimeId ids;
    private final Deque<Over> over = new ArrayDeque<>();

    /**
     * A job that ended, with consequences still to be drawn.
     *
     * @param cause why jobs that need it, directly or not, can't run
     */
    private record Over(JobRow job, boolean satisfies, String cause) {}

    Settlement(Transaction transaction, RunRow run, Queueing queueing, TimeId ids) {
        this.transaction = transaction;
        this.sql = transaction.sql();
        this.run = run;
        this.queueing = queueing;
        this.ids = ids;
    }

    /** Ends a job; {@link #settle} draws the consequences. */
    void end(JobRow job, Transition ending) throws SQLException {
        end(job, ending, "needs '" + job.key() + "', which " + words(ending.to()));
    }

    private void end(JobRow job, Transition ending, String cause) throws SQLException {
        JobChanges.end(sql, job, ending, transaction.now());
        var status = ending.to();
        if (job.locks() > 0) {
            queueing.locks().release(transaction, run.id, job.id());
        }
        run.jobsLeft--;
        var excused = status == Status.FAILED && job.mayFail();
        if (!status.satisfies() && !excused) {
            run.jobsBad++;
            if (run.failFast && status != Status.CANCELLED && run.stop == RunRow.Stop.NONE) {
                run.stop = RunRow.Stop.FAIL_FAST;
                run.stopReason = "job '" + job.key() + "' " + words(status) + "; fail_fast is on";
            }
        }
        if (job.needed()) {
            over.add(new Over(job, status.satisfies() || excused, cause));
        }
    }

    /** Draws all consequences, and saves the run. */
    void settle() throws SQLException {
        if (run.stop != RunRow.Stop.NONE) {
            cancelWaiting();
            over.clear(); // Whoever waited for them is cancelled already.
        }
        for (var next = over.poll(); next != null; next = over.poll()) {
            passGates(next);
        }
        if (run.jobsLeft == 0) {
            close();
        }
        run.save(transaction);
    }

    private void cancelWaiting() throws SQLException {
        for (var job : JobRow.unfinished(sql, run.id)) {
            switch (job.state()) {
                case Queued queued -> {
                    if (queueing.withdraw(transaction, job, run.stopReason)) {
                        end(job, queued.cancel(run.stopReason));
                    }
                }
                case Pending pending -> end(job, pending.cancel(run.stopReason));
                case Waiting waiting -> end(job, waiting.cancel(run.stopReason));
                case Running _, Ended _ -> {
                    // Where it runs, its worker is told when it renews its lease.
                }
            }
        }
    }

    private void passGates(Over need) throws SQLException {
        var gates =
                sql.list(
                        "select gate_id from need where job_id = ? order by gate_id",
                        row -> row.number(1),
                        need.job().id());
        for (var gate : gates) {
            sql.update(
                    "update gate set open_needs = open_needs - 1, failed_needs = failed_needs + ?"
                            + " where id = ?",
                    need.satisfies() ? 0 : 1,
                    gate);
            passGate(gate, need);
        }
    }

    private void passGate(long gate, Over need) throws SQLException {
        record State(int open, int failed) {}
        var state =
                sql.first(
                                "select open_needs, failed_needs from gate where id = ?",
                                row -> new State(row.small(1), row.small(2)),
                                gate)
                        .orElseThrow();
        var firstFailure = !need.satisfies() && state.failed() == 1;
        if (state.open() > 0 && !firstFailure) {
            return;
        }
        for (var job : JobRow.behind(sql, gate)) {
            if (!(job.state() instanceof Pending pending)) {
                continue;
            }
            if (state.failed() > 0 && !job.deferred()) {
                end(job, pending.cancel(need.cause()), need.cause());
            } else if (state.open() == 0) {
                goOn(job, pending, state.failed() > 0);
            }
        }
    }

    private void goOn(JobRow job, Pending pending, boolean needsFailed) throws SQLException {
        if (job.locks() > 0) {
            var reason = queueing.locks().enter(transaction, run.id, job.id());
            JobChanges.hold(sql, job, pending.hold(reason));
            return;
        }
        queueing.queue(
                transaction,
                run,
                job,
                pending.queue(),
                new Queueing.Try(ids.next(), 1, needsFailed, transaction.now(), Duration.ZERO));
    }

    private void close() throws SQLException {
        run.finishedAt = transaction.now();
        if (run.takesTurns) {
            queueing.locks().release(transaction, run.id, Locks.WHOLE_RUN);
        }
        switch (run.stop) {
            case ASKED -> close(Status.CANCELLED, run.stopReason);
            case TIME_IS_UP -> close(Status.FAILED, run.stopReason);
            case NONE, FAIL_FAST -> {
                if (run.jobsBad == 0) {
                    close(Status.SUCCEEDED, "");
                } else {
                    closeByWorst();
                }
            }
        }
    }

    private void closeByWorst() throws SQLException {
        for (var worst : new Status[] {Status.ERRORED, Status.FAILED, Status.CANCELLED}) {
            var reason =
                    sql.first(
                            "select job_key, reason from job where run_id = ? and status = ?"
                                    + " and not (status = 5 and may_fail = 1)"
                                    + " order by place fetch first 1 rows only",
                            row -> "job '" + row.text(1) + "' " + because(worst, row.text(2)),
                            run.id,
                            worst);
            if (reason.isPresent()) {
                close(worst, reason.get());
                return;
            }
        }
        throw new IllegalStateException("Run " + run.id + " counts a bad job that is not there");
    }

    private void close(Status status, String reason) {
        run.status = status;
        run.reason = Texts.fit(reason, 4000);
    }

    private static String because(Status status, String reason) {
        return reason.isEmpty() ? words(status) : words(status) + ": " + reason;
    }

    private static String words(Status status) {
        return switch (status) {
            case FAILED -> "failed";
            case ERRORED -> "could not be run";
            case CANCELLED -> "was cancelled";
            case SUCCEEDED -> "succeeded";
            case SKIPPED -> "was skipped";
            case PENDING, QUEUED, RUNNING, WAITING -> "is not over";
        };
    }

    /** Returns when an attempt may be claimed. */
    static Instant notBefore(Instant now, Duration delay) {
        return delay.isPositive() ? now.plus(delay) : now;
    }
}
