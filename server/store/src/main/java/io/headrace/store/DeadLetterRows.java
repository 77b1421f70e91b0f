package io.headrace.store;

import io.headrace.engine.deadletter.Causes;
import io.headrace.engine.retry.ErrorType;
import io.headrace.engine.retry.Failure;
import io.headrace.engine.run.RunStore.Ending;
import io.headrace.engine.run.Status;
import java.sql.SQLException;

/** Writes dead letters. Belongs to the writer's thread. */
final class DeadLetterRows {

    private DeadLetterRows() {}

    /**
     * Writes one if the job, which was not tried again, is not its author's to mend: it could not
     * be run, or a command of it failed for want of something outside.
     *
     * @param job as it was before
     */
    static void insertIfDead(
            Transaction transaction, long id, RunRow run, JobRow job, Ending ending)
            throws SQLException {
        if (ending.status() != Status.FAILED && ending.status() != Status.ERRORED) {
            return;
        }
        var failure = Tries.failure(ending);
        if (!isDead(job, ending.status(), failure)) {
            return;
        }
        var cause = Causes.normal(ending.reason());
        transaction
                .sql()
                .update(
                        "insert into dead_letter (id, run_id, job_id, project_id, attempt_id,"
                                + " attempts, failure, reason, cause, cause_key, died_at, state)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                        id,
                        run.id,
                        job.id(),
                        run.project,
                        job.attempt(),
                        job.attemptNumber(),
                        failure.name(),
                        Texts.fit(ending.reason(), 4000),
                        Texts.fit(cause, 1000),
                        Causes.key(failure, cause),
                        transaction.now());
    }

    private static boolean isDead(JobRow job, Status status, Failure failure) {
        return status == Status.ERRORED
                || (failure.errorType() == ErrorType.INFRASTRUCTURE && !job.mayFail());
    }
}
