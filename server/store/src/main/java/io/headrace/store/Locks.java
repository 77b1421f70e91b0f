package io.headrace.store;

import io.headrace.engine.lock.LockView.Kind;
import io.headrace.language.JobTerms;
import io.headrace.language.PlanTerms;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines of runs and jobs that wait for locks, as far as the transactions that move runs on
 * touch them: who waits is written with the run, who is over leaves with its last transition. Who
 * is next is decided in a transaction of its own, by {@link Granting}. Belongs to the writer's
 * thread.
 */
final class Locks {

    /** Stands for the job where the run as a whole waits. */
    static final long WHOLE_RUN = 0;

    private final Consumer<List<String>> news;

    /**
     * @param news is told, after a commit, the keys of locks that somebody left or asked for; must
     *     return at once
     */
    Locks(Consumer<List<String>> news) {
        this.news = news;
    }

    /** Puts a run as a whole into the line of its group. */
    void declare(Transaction transaction, long project, long run, PlanTerms.Concurrency group)
            throws SQLException {
        var key = LockKey.ofGroup(project, group.ofServer(), group.group()).text();
        transaction
                .sql()
                .update(
                        INSERT_WAITER,
                        key,
                        run,
                        WHOLE_RUN,
                        group.limit(),
                        supersedes(group.whenBusy()),
                        transaction.now());
        transaction.onCommit(() -> news.accept(List.of(key)));
    }

    /** Returns what stands for it in the database; never changes. */
    private static int supersedes(PlanTerms.WhenBusy whenBusy) {
        return switch (whenBusy) {
            case WAIT -> 0;
            case CANCEL_WAITING -> 1;
            case CANCEL_RUNNING -> 2;
        };
    }

    static final String INSERT_WAITER =
            "insert into lock_waiter (lock_key, run_id, job_id, slots, supersedes, since)"
                    + " values (?, ?, ?, ?, ?, ?)";

    /**
     * Writes what a new job is going to need.
     *
     * @param inLine whether it waits for nothing else
     */
    void declare(
            Transaction transaction,
            long project,
            long run,
            long job,
            List<JobTerms.Lock> locks,
            boolean inLine)
            throws SQLException {
        var rows = new ArrayList<@Nullable Object[]>();
        var keys = new ArrayList<String>();
        for (var lock : locks) {
            var key = LockKey.ofLock(project, lock.ofServer(), lock.name()).text();
            keys.add(key);
            rows.add(
                    new @Nullable Object[] {
                        key, run, job, lock.slots(), 0, inLine ? transaction.now() : null
                    });
        }
        transaction.sql().batch(INSERT_WAITER, rows);
        if (inLine) {
            transaction.onCommit(() -> news.accept(keys));
        }
    }

    /** Puts a job, whose needs are met, into the lines of its locks; returns why it waits. */
    String enter(Transaction transaction, long run, long job) throws SQLException {
        var sql = transaction.sql();
        sql.update(
                "update lock_waiter set since = ? where run_id = ? and job_id = ?",
                transaction.now(),
                run,
                job);
        var keys =
                sql.list(
                        "select lock_key from lock_waiter where run_id = ? and job_id = ?"
                                + " order by lock_key",
                        row -> row.text(1),
                        run,
                        job);
        transaction.onCommit(() -> news.accept(keys));
        return reason(keys.stream().map(LockKey::parse).toList());
    }

    /** Returns why somebody waits who needs {@code keys}. */
    static String reason(List<LockKey> keys) {
        var names = keys.stream().map(key -> "'" + key.name() + "'").toList();
        if (keys.size() == 1) {
            return keys.getFirst().kind() == Kind.GROUP
                    ? "waits for its turn in the group " + names.getFirst()
                    : "waits for the lock " + names.getFirst();
        }
        return "waits for the locks "
                + String.join(", ", names.subList(0, names.size() - 1))
                + " and "
                + names.getLast();
    }

    /** Gives back what a run or job has, and takes it out of all lines. */
    void release(Transaction transaction, long run, long job) throws SQLException {
        var sql = transaction.sql();
        var keys = new ArrayList<String>();
        for (var table : List.of("lock_holder", "lock_waiter")) {
            keys.addAll(
                    sql.list(
                            "select lock_key from " + table + " where run_id = ? and job_id = ?",
                            row -> row.text(1),
                            run,
                            job));
            sql.update("delete from " + table + " where run_id = ? and job_id = ?", run, job);
        }
        if (!keys.isEmpty()) {
            transaction.onCommit(() -> news.accept(keys));
        }
    }
}
