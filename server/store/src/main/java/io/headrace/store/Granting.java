package io.headrace.store;

import io.headrace.engine.TimeId;
import io.headrace.engine.run.JobState;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a lock to whoever is next in line, and makes what waited for it {@code QUEUED}. First come,
 * first served: somebody later gets it only if all who came earlier could still get it as well, so
 * nobody starves, and as a job gets all its locks at once, jobs never wait for each other in a
 * circle.
 *
 * <p>Waits for nothing: what another controller has locked is tried again. Belongs to the writer's
 * thread.
 */
final class Granting {

    /** How many are let in at a time. */
    private static final int PORTION = 200;

    private final Vendor vendor;
    private final Queueing queueing;
    private final TimeId ids;

    /**
     * What came of a look at a lock.
     *
     * @param again whether there is, or may be, more to do
     * @param superseded runs that are to be cancelled for a newer one
     */
    record Look(boolean again, List<Superseded> superseded) {}

    /** A run that makes place for a newer one. */
    record Superseded(RunId run, String reason) {}

    private record Waiter(long run, long job, int slots, int supersedes, long since) {}

    private enum Answer {
        LET_IN,
        /** It must wait for another lock. */
        NOT_YET,
        /** It is not there any more. */
        GONE,
        /** Another controller is changing it. */
        BUSY
    }

    Granting(Vendor vendor, Queueing queueing, TimeId ids) {
        this.vendor = vendor;
        this.queueing = queueing;
        this.ids = ids;
    }

    Look look(Transaction transaction, String key) throws SQLException {
        if (!vendor.tryLock(transaction.sql(), key)) {
            return new Look(true, List.of());
        }
        var waiters = waiters(transaction.sql(), key);
        var holders = holders(transaction.sql(), key);
        var ahead = 0;
        for (var waiter : waiters) {
            if (holders + ahead >= waiter.slots()) {
                ahead++;
                continue;
            }
            switch (letIn(transaction, waiter)) {
                case LET_IN -> holders++;
                case NOT_YET -> ahead++;
                case GONE -> leave(transaction, waiter);
                case BUSY -> {
                    return new Look(true, List.of());
                }
            }
        }
        return new Look(waiters.size() == PORTION && ahead < PORTION, superseded(transaction, key));
    }

    private static List<Waiter> waiters(Sql sql, String key) throws SQLException {
        return sql.list(
                "select run_id, job_id, slots, supersedes, since from lock_waiter"
                        + " where lock_key = ? and since is not null"
                        + " order by since, run_id, job_id fetch first "
                        + PORTION
                        + " rows only",
                row ->
                        new Waiter(
                                row.number(1),
                                row.number(2),
                                row.small(3),
                                row.small(4),
                                row.number(5)),
                key);
    }

    private static int holders(Sql sql, String key) throws SQLException {
        return sql.first(
                        "select count(*) from lock_holder where lock_key = ?",
                        row -> row.small(1),
                        key)
                .orElse(0);
    }

    private Answer letIn(Transaction transaction, Waiter waiter) throws SQLException {
        var sql = transaction.sql();
        record Wanted(String key, int slots) {}
        var wanted =
                sql.list(
                        "select lock_key, slots from lock_waiter where run_id = ? and job_id = ?"
                                + " order by lock_key",
                        row -> new Wanted(row.text(1), row.small(2)),
                        waiter.run(),
                        waiter.job());
        for (var lock : wanted) {
            if (!vendor.tryLock(sql, lock.key())) {
                return Answer.BUSY;
            }
            if (holders(sql, lock.key()) + ahead(sql, lock.key(), waiter) >= lock.slots()) {
                return Answer.NOT_YET;
            }
        }
        var run = RunRow.lockIfFree(transaction, waiter.run());
        if (run.isEmpty()) {
            return sql.exists("select 1 from run where id = ?", waiter.run())
                    ? Answer.BUSY
                    : Answer.GONE;
        }
        if (!goOn(transaction, run.get(), waiter)) {
            return Answer.GONE;
        }
        for (var lock : wanted) {
            sql.update(
                    "insert into lock_holder (lock_key, run_id, job_id, since) values (?, ?, ?, ?)",
                    lock.key(),
                    waiter.run(),
                    waiter.job(),
                    transaction.now());
        }
        leave(transaction, waiter);
        return Answer.LET_IN;
    }

    private static int ahead(Sql sql, String key, Waiter waiter) throws SQLException {
        return sql.first(
                        "select count(*) from lock_waiter where lock_key = ? and (since < ?"
                                + " or (since = ? and (run_id < ? or (run_id = ? and job_id < ?))))",
                        row -> row.small(1),
                        key,
                        waiter.since(),
                        waiter.since(),
                        waiter.run(),
                        waiter.run(),
                        waiter.job())
                .orElse(0);
    }

    private static void leave(Transaction transaction, Waiter waiter) throws SQLException {
        transaction
                .sql()
                .update(
                        "delete from lock_waiter where run_id = ? and job_id = ?",
                        waiter.run(),
                        waiter.job());
    }

    /** Lets a run or job go on; false if it does not wait any more. */
    private boolean goOn(Transaction transaction, RunRow run, Waiter waiter) throws SQLException {
        if (run.stop != RunRow.Stop.NONE || run.status.isTerminal()) {
            return false;
        }
        if (waiter.job() == Locks.WHOLE_RUN) {
            if (run.status != Status.WAITING) {
                return false;
            }
            run.status = Status.QUEUED;
            run.reason = "";
            for (var job : JobRow.unfinished(transaction.sql(), run.id)) {
                if (job.state() instanceof JobState.Waiting waiting) {
                    goOn(transaction, run, job, waiting);
                }
            }
        } else {
            var job = JobRow.find(transaction.sql(), waiter.job());
            if (job.isEmpty() || !(job.get().state() instanceof JobState.Waiting waiting)) {
                return false;
            }
            queue(transaction, run, job.get(), waiting);
        }
        run.save(transaction);
        return true;
    }

    private void goOn(Transaction transaction, RunRow run, JobRow job, JobState.Waiting waiting)
            throws SQLException {
        if (job.locks() == 0) {
            queue(transaction, run, job, waiting);
        } else {
            var reason = queueing.locks().enter(transaction, run.id, job.id());
            JobChanges.hold(transaction.sql(), job, waiting.hold(reason));
        }
    }

    private void queue(Transaction transaction, RunRow run, JobRow job, JobState.Waiting waiting)
            throws SQLException {
        queueing.queue(
                transaction,
                run,
                job,
                waiting.queue(),
                new Queueing.Try(
                        ids.next(),
                        1,
                        job.deferred() && needsFailed(transaction.sql(), job),
                        transaction.now(),
                        Duration.ZERO));
    }

    private static boolean needsFailed(Sql sql, JobRow job) throws SQLException {
        return sql.exists(
                "select 1 from job j join gate g on g.id = j.gate_id"
                        + " where j.id = ? and g.failed_needs > 0",
                job.id());
    }

    /** Finds older runs of the group that the newest one of those that wait does away with. */
    private static List<Superseded> superseded(Transaction transaction, String key)
            throws SQLException {
        var sql = transaction.sql();
        var newest =
                sql.first(
                        "select run_id, job_id, slots, supersedes, since from lock_waiter"
                                + " where lock_key = ? and supersedes > 0"
                                + " order by since desc, run_id desc fetch first 1 rows only",
                        row ->
                                new Waiter(
                                        row.number(1),
                                        row.number(2),
                                        row.small(3),
                                        row.small(4),
                                        row.number(5)),
                        key);
        if (newest.isEmpty()) {
            return List.of();
        }
        var by = newest.get();
        var number =
                sql.first("select number from run where id = ?", row -> row.number(1), by.run())
                        .orElse(0L);
        var reason =
                "superseded by run #%d of the group '%s'"
                        .formatted(number, LockKey.parse(key).name());
        var runs = new ArrayList<Superseded>();
        var older = new ArrayList<>(List.of("lock_waiter"));
        if (by.supersedes() == 2) {
            older.add("lock_holder");
        }
        for (var table : older) {
            sql.list(
                            "select run_id from "
                                    + table
                                    + " where lock_key = ? and run_id < ? order by run_id",
                            row -> new RunId(row.number(1)),
                            key,
                            by.run())
                    .forEach(run -> runs.add(new Superseded(run, reason)));
        }
        return runs;
    }
}
