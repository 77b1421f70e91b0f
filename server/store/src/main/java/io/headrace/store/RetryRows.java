package io.headrace.store;

import io.headrace.engine.retry.Failure;
import io.headrace.engine.retry.RetryPolicy;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.StepTry;
import io.headrace.language.Plan;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is kept of attempts that were tried again. Belongs to the writer's thread. */
final class RetryRows {

    private final Json json;

    RetryRows(Json json) {
        this.json = json;
    }

    /**
     * A job that was tried again.
     *
     * @param since when it failed first
     * @param held how many attempts were not counted
     */
    record Retrying(Instant since, int held) {}

    /** Writes the policies of a plan that is accepted, or that took the place of another. */
    static void insert(Sql sql, Json json, long run, Plan plan) throws SQLException {
        var whole = plan.terms().retryPolicy();
        if (whole == null
                && plan.jobs().stream().allMatch(job -> job.terms().retryPolicy() == null)) {
            return;
        }
        sql.update("delete from retry_policy where run_id = ?", run);
        if (whole != null) {
            insert(sql, run, "", json.write(whole));
        }
        for (var job : plan.jobs()) {
            var own = job.terms().retryPolicy();
            if (own != null) {
                insert(sql, run, job.id(), json.write(own));
            }
        }
    }

    private static void insert(Sql sql, long run, String key, String content) throws SQLException {
        sql.update(
                "insert into retry_policy (run_id, job_key, content) values (?, ?, ?)",
                run,
                key,
                content);
    }

    /** Returns the job's own policy, else its pipeline's, else null. */
    @Nullable RetryPolicy policy(Sql sql, long run, String key) throws SQLException {
        return sql.first(
                        "select content from retry_policy where run_id = ?"
                                + " and job_key in (?, '') order by job_key desc"
                                + " fetch first 1 rows only",
                        row -> RetryPolicy.of(json.retryPolicy(row.text(1))),
                        run,
                        key)
                .orElse(null);
    }

    @Nullable Retrying retrying(Sql sql, long job) throws SQLException {
        return sql.first(
                        "select since, held from retrying where job_id = ?",
                        row -> new Retrying(row.time(1), row.small(2)),
                        job)
                .orElse(null);
    }

    void keep(Sql sql, long job, Retrying now, boolean first) throws SQLException {
        if (first) {
            sql.update(
                    "insert into retrying (job_id, since, held) values (?, ?, ?)",
                    job,
                    now.since(),
                    now.held());
        } else {
            sql.update("update retrying set held = ? where job_id = ?", now.held(), job);
        }
    }

    /** Begins to count anew. */
    static void forget(Sql sql, long job) throws SQLException {
        sql.update("delete from retrying where job_id = ?", job);
    }

    /** Writes why the newest attempt failed, and how long the next has to wait if there is one. */
    void note(Sql sql, JobRow job, Failure failure, @Nullable Duration delay) throws SQLException {
        sql.update(
                "update attempt set failure = ?, retry_delay = ? where id = ?",
                failure.name(),
                delay == null ? null : Times.micros(delay),
                job.attempt());
    }

    /** Writes a try of a step that is followed by another. */
    static void tried(Transaction transaction, Claim claim, int place, StepTry tried)
            throws SQLException {
        var sql = transaction.sql();
        var attempt = claim.attempt().value();
        sql.update(
                "delete from step_try where attempt_id = ? and place = ? and number = ?",
                attempt,
                place,
                tried.number());
        sql.update(
                "insert into step_try (attempt_id, place, number, job_id, exit_code, reason,"
                        + " failure, took, delay, finished_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                attempt,
                place,
                tried.number(),
                claim.job().value(),
                tried.exitCode(),
                Texts.fit(tried.reason(), 4000),
                tried.failure().name(),
                Times.micros(tried.took()),
                Times.micros(tried.delay()),
                transaction.now());
        transaction.changed(claim.run());
    }
}
