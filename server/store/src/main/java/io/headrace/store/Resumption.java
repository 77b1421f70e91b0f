package io.headrace.store;

import io.headrace.engine.deadletter.DeadLetter;
import io.headrace.engine.deadletter.DeadLetterStore.Resumed;
import io.headrace.engine.run.JobState.Ended;
import io.headrace.engine.run.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Queues a dead job again in a run that goes on: with a new attempt and fresh tries, and what was
 * cancelled because of it waits again. Lives for one operation.
 */
final class Resumption {

    private final Transaction transaction;
    private final Sql sql;
    private final Core core;

    Resumption(Transaction transaction, Core core) {
        this.transaction = transaction;
        this.sql = transaction.sql();
        this.core = core;
    }

    Resumed resume(long runId, DeadLetter letter, String who) throws SQLException {
        var run = RunRow.lock(transaction, runId).orElse(null);
        var job = JobRow.find(sql, letter.job().value()).orElse(null);
        if (run == null
                || job == null
                || !sql.exists(
                        "select 1 from dead_letter where id = ? and state = 0",
                        letter.id().value())) {
            return Resumed.NOT_OPEN;
        }
        if (run.status.isTerminal()) {
            return Resumed.RUN_IS_OVER;
        }
        if (run.stop != RunRow.Stop.NONE) {
            return Resumed.RUN_STOPS;
        }
        // Their places in the lines of the locks were given back when they ended.
        if (job.locks() > 0
                || sql.exists(
                        "select 1 from job where run_id = ? and status = 7 and locks > 0", runId)) {
            return Resumed.NEEDS_LOCKS;
        }
        if (!(job.state() instanceof Ended ended) || ended.status().satisfies()) {
            return Resumed.NOT_OPEN;
        }
        sql.update(
                "update dead_letter set state = 1, handled_at = ?, handled_by = ? where id = ?",
                transaction.now(),
                Texts.fit(who, 1000),
                letter.id().value());
        again(run, job, ended, "queued again by " + who);
        reopen(run, job);
        run.save(transaction);
        return Resumed.YES;
    }

    private void again(RunRow run, JobRow job, Ended ended, String reason) throws SQLException {
        RetryRows.forget(sql, job.id());
        JobChanges.forgetEnd(sql, job.id());
        var needsFailed =
                sql.exists(
                        "select 1 from job j join gate g on g.id = j.gate_id where j.id = ?"
                                + " and g.failed_needs > 0",
                        job.id());
        var now = transaction.now();
        core.queueing()
                .queue(
                        transaction,
                        run,
                        job.withTries(0, 0),
                        ended.requeue(reason),
                        new Queueing.Try(
                                core.ids().next(),
                                job.attemptNumber() + 1,
                                needsFailed,
                                // Its old place among equals.
                                job.queuedAt() == null ? now : job.queuedAt(),
                                Duration.ZERO));
        run.jobsLeft++;
        run.jobsBad--;
    }

    /** What was cancelled for want of {@code first}, directly or not, waits again. */
    private void reopen(RunRow run, JobRow first) throws SQLException {
        var open = new ArrayDeque<JobRow>();
        open.add(first);
        while (!open.isEmpty()) {
            var need = open.remove();
            for (var gate :
                    sql.list(
                            "select gate_id from need where job_id = ? order by gate_id",
                            row -> row.number(1),
                            need.id())) {
                sql.update(
                        "update gate set open_needs = open_needs + 1,"
                                + " failed_needs = failed_needs - 1 where id = ?",
                        gate);
                if (sql.exists("select 1 from gate where id = ? and failed_needs = 0", gate)) {
                    reopen(run, gate, open);
                }
            }
        }
    }

    private void reopen(RunRow run, long gate, ArrayDeque<JobRow> open) throws SQLException {
        for (var job : JobRow.behind(sql, gate)) {
            // Whatever else was cancelled, was with its run, which then is to stop.
            if (job.state() instanceof Ended ended && ended.status() == Status.CANCELLED) {
                JobChanges.reopen(sql, job, ended.reopen());
                run.jobsLeft++;
                run.jobsBad--;
                if (job.needed()) {
                    open.add(job);
                }
            }
        }
    }
}
