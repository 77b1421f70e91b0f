package io.headrace.store;

import io.headrace.engine.retry.Failure;
import io.headrace.engine.retry.RetryLimits;
import io.headrace.engine.retry.RetryPolicy;
import io.headrace.engine.run.RunStore.Ending;
import io.headrace.engine.run.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether there is another attempt at a job when one ended. {@code retry_count} gives
 * attempts after failures of the job's own; a policy, the pipeline's or that of the kind of
 * failure, after others. Belongs to the writer's thread.
 */
final class Tries {

    private final RetryRows rows;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private volatile RetryLimits limits = RetryLimits.DEFAULT;

    Tries(Json json) {
        this.rows = new RetryRows(json);
    }

    /** Sets what holds where no pipeline says how to try again. */
    void limit(RetryLimits to) {
        limits = to;
    }

    /**
     * What becomes of a job.
     *
     * @param job with the tries counted
     * @param again whether there is to be another attempt
     * @param reason the job's
     * @param delay before that attempt may be claimed
     */
    record Next(JobRow job, boolean again, String reason, Duration delay) {

        static Next over(JobRow job, String reason) {
            return new Next(job, false, reason, Duration.ZERO);
        }
    }

    /** What the attempts of a job are counted as. */
    private enum Count {
        FAILED,
        ERRORED,
        /** What it needs was down: only time counts. */
        HELD
    }

    /**
     * Another attempt that is allowed.
     *
     * @param last number of the last attempt, if there is one; 0 if only time counts
     */
    private record Allowed(Count count, Duration delay, Duration totalTime, int last) {}

    /** Decides, and notes the failure with the attempt, which has been written. */
    Next after(Transaction transaction, long run, JobRow job, Ending ending) throws SQLException {
        if (ending.status() != Status.FAILED && ending.status() != Status.ERRORED) {
            return Next.over(job, ending.reason());
        }
        var failure = failure(ending);
        var next = next(transaction, run, job, ending, failure);
        rows.note(transaction.sql(), job, failure, next.again() ? next.delay() : null);
        return next;
    }

    /**
     * Notes an end after which nothing is tried again, whatever policies say.
     *
     * @return the job's reason
     */
    String last(Transaction transaction, JobRow job, Ending ending) throws SQLException {
        if (ending.status() != Status.FAILED && ending.status() != Status.ERRORED) {
            return ending.reason();
        }
        rows.note(transaction.sql(), job, failure(ending), null);
        return last(job.attemptNumber(), ending);
    }

    private static String last(int number, Ending ending) {
        return number == 1 ? ending.reason() : "attempt %d %s".formatted(number, why(ending));
    }

    static Failure failure(Ending ending) {
        var known = ending.failure();
        return known != null
                ? known
                : ending.status() == Status.FAILED ? Failure.EXIT_CODE : Failure.UNKNOWN;
    }

    private Next next(Transaction transaction, long run, JobRow job, Ending ending, Failure failure)
            throws SQLException {
        var sql = transaction.sql();
        var number = job.attemptNumber();
        var before = rows.retrying(sql, job.id());
        var allowed =
                ending.retry() && !failure.isFinal()
                        ? allowed(rows.policy(sql, run, job.key()), job, ending, failure, before)
                        : null;
        if (allowed == null) {
            return Next.over(job, last(number, ending));
        }
        var now = transaction.now();
        var since = before == null ? now : before.since();
        if (now.plus(allowed.delay()).isAfter(since.plus(allowed.totalTime()))) {
            return Next.over(
                    job,
                    "attempt %d %s; gave up, as it was tried for %s"
                            .formatted(number, why(ending), Texts.words(allowed.totalTime())));
        }
        keep(sql, job, before, since, allowed);
        return new Next(
                counted(job, allowed.count()),
                true,
                words(number, ending, allowed),
                allowed.delay());
    }

    private void keep(
            Sql sql,
            JobRow job,
            RetryRows.@Nullable Retrying before,
            Instant since,
            Allowed allowed)
            throws SQLException {
        var held = before == null ? 0 : before.held();
        rows.keep(
                sql,
                job.id(),
                new RetryRows.Retrying(since, held + (allowed.count() == Count.HELD ? 1 : 0)),
                before == null);
    }

    private static JobRow counted(JobRow job, Count count) {
        return switch (count) {
            case FAILED -> job.withTries(job.failedTries() + 1, job.erroredTries());
            case ERRORED -> job.withTries(job.failedTries(), job.erroredTries() + 1);
            case HELD -> job;
        };
    }

    private @Nullable Allowed allowed(
            @Nullable RetryPolicy written,
            JobRow job,
            Ending ending,
            Failure failure,
            RetryRows.@Nullable Retrying before) {
        var number = job.attemptNumber();
        if (ending.status() == Status.FAILED && job.failedTries() < job.retries()) {
            return new Allowed(
                    Count.FAILED,
                    written == null ? Duration.ZERO : written.delay(job.failedTries() + 1, random),
                    written == null ? Duration.ofDays(365) : written.totalTime(),
                    number + job.retries() - job.failedTries());
        }
        if (written != null) {
            var used = job.failedTries() + job.erroredTries() + 1;
            return written.covers(failure) && used < written.attempts()
                    ? new Allowed(
                            Count.ERRORED,
                            written.delay(used, random),
                            written.totalTime(),
                            number + written.attempts() - used)
                    : null;
        }
        return byKind(job, ending, failure, before);
    }

    private @Nullable Allowed byKind(
            JobRow job, Ending ending, Failure failure, RetryRows.@Nullable Retrying before) {
        var preset = failure.preset().within(limits.maxAttempts(), limits.totalTime());
        if (!preset.covers(failure) || preset.attempts() < 2) {
            return null;
        }
        var held = before == null ? 0 : before.held();
        if (ending.status() == Status.ERRORED && failure.isNobodysTry()) {
            return new Allowed(Count.HELD, preset.delay(held + 1, random), preset.totalTime(), 0);
        }
        var used = job.erroredTries() + 1;
        return used < preset.attempts()
                ? new Allowed(
                        Count.ERRORED,
                        preset.delay(used, random),
                        preset.totalTime(),
                        job.attemptNumber() + preset.attempts() - used)
                : null;
    }

    private static String words(int number, Ending ending, Allowed allowed) {
        var text = "attempt %d %s; trying again".formatted(number, why(ending));
        if (allowed.delay().isPositive()) {
            text += " in " + Texts.words(allowed.delay());
        }
        return allowed.last() == 0
                ? text
                : text + " (%d of %d)".formatted(number + 1, allowed.last());
    }

    private static String why(Ending ending) {
        var what = ending.status() == Status.FAILED ? "failed" : "could not be run";
        if (!ending.reason().isEmpty()) {
            return what + ": " + ending.reason();
        }
        return ending.exitCode() == null ? what : what + ": exit code " + ending.exitCode();
    }
}
