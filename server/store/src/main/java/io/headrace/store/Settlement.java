package io.headrace.store;

import io.headrace.engine.TimeId;
import io.headrace.engine.run.Status;
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
    private final Deque<Ended> ended = new ArrayDeque<>();

    /**
     * A job that ended, with consequences still to be drawn.
     *
     * @param cause why jobs that need it, directly or not, can't run
     */
    private record Ended(JobRow job, boolean satisfies, String cause) {}

    Settlement(Transaction transaction, RunRow run, Queueing queueing, TimeId ids) {
        this.transaction = transaction;
        this.sql = transaction.sql();
        this.run = run;
        this.queueing = queueing;
        this.ids = ids;
    }

    /** Ends a job; {@link #settle} draws the consequences. */
    void end(JobRow job, Status status, String reason) throws SQLException {
        end(job, status, reason, "needs '" + job.key() + "', which " + words(status));
    }

    private void end(JobRow job, Status status, String reason, String cause) throws SQLException {
        var changed =
                sql.update(
                        "update job set status = ?, reason = ?, failed_tries = ?,"
                                + " errored_tries = ?, finished_at = ?, version = version + 1"
                                + " where id = ? and version = ?",
                        status,
                        Texts.fit(reason, 4000),
                        job.failedTries(),
                        job.erroredTries(),
                        transaction.now(),
                        job.id(),
                        job.version());
        Conflicts.expect(changed, "job", job.id());
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
            ended.add(new Ended(job, status.satisfies() || excused, cause));
        }
    }

    /** Draws all consequences, and saves the run. */
    void settle() throws SQLException {
        if (run.stop != RunRow.Stop.NONE) {
            cancelWaiting();
            ended.clear(); // Whoever waited for them is cancelled already.
        }
        for (var next = ended.poll(); next != null; next = ended.poll()) {
            passGates(next);
        }
        if (run.jobsLeft == 0) {
            close();
        }
        run.save(transaction);
    }

    private void cancelWaiting() throws SQLException {
        for (var job : JobRow.unfinished(sql, run.id)) {
            switch (job.status()) {
                case QUEUED -> {
                    if (queueing.withdraw(transaction, job, run.stopReason)) {
                        end(job, Status.CANCELLED, run.stopReason);
                    }
                }
                case PENDING, WAITING -> end(job, Status.CANCELLED, run.stopReason);
                default -> {
                    // It runs; its worker is told when it renews its lease.
                }
            }
        }
    }

    private void passGates(Ended need) throws SQLException {
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

    private void passGate(long gate, Ended need) throws SQLException {
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
            if (job.status() != Status.PENDING) {
                continue;
            }
            if (state.failed() > 0 && !job.deferred()) {
                end(job, Status.CANCELLED, need.cause(), need.cause());
            } else if (state.open() == 0) {
                queue(job, state.failed() > 0);
            }
        }
    }

    private void queue(JobRow job, boolean needsFailed) throws SQLException {
        queueing.queue(
                transaction,
                run,
                job,
                new Queueing.Try(ids.next(), 1, needsFailed, transaction.now(), Duration.ZERO, ""));
    }

    private void close() throws SQLException {
        run.finishedAt = transaction.now();
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
