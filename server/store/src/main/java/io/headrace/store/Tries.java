package io.headrace.store;

import io.headrace.engine.run.RunStore.Ending;
import io.headrace.engine.run.Status;

/**
 * What becomes of a job when an attempt at it ended.
 *
 * @param job with the tries counted
 * @param again whether there is to be another attempt
 * @param reason the job's
 */
record Tries(JobRow job, boolean again, String reason) {

    /** How many further attempts there are after those that could not be run. */
    private static final int ERRORED = 2;

    static Tries after(JobRow job, Ending ending) {
        var failed = ending.status() == Status.FAILED;
        var counts = failed || ending.status() == Status.ERRORED;
        if (!counts) {
            return new Tries(job, false, ending.reason());
        }
        var used = failed ? job.failedTries() : job.erroredTries();
        var allowed = failed ? job.retries() : ERRORED;
        var number = job.attemptNumber();
        if (!ending.retry() || used >= allowed) {
            var reason =
                    number == 1 ? ending.reason() : "attempt %d %s".formatted(number, why(ending));
            return new Tries(job, false, reason);
        }
        var last = number + allowed - used;
        var reason =
                "attempt %d %s; trying again (%d of %d)"
                        .formatted(number, why(ending), number + 1, last);
        return new Tries(
                job.withTries(
                        job.failedTries() + (failed ? 1 : 0),
                        job.erroredTries() + (failed ? 0 : 1)),
                true,
                reason);
    }

    private static String why(Ending ending) {
        var what = ending.status() == Status.FAILED ? "failed" : "could not be run";
        if (!ending.reason().isEmpty()) {
            return what + ": " + ending.reason();
        }
        return ending.exitCode() == null ? what : what + ": exit code " + ending.exitCode();
    }
}
