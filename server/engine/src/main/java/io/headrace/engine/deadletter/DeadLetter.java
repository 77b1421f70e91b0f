package io.headrace.engine.deadletter;

import io.headrace.engine.retry.Failure;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that is not tried any more, although it is not its author's to mend.
 *
 * @param jobKey its id in the plan
 * @param attempt the last
 * @param attempts how many there were
 * @param reason of the last
 * @param cause the reason without what differs from job to job
 * @param causeKey stands for the cause: 16 hexadecimal digits
 * @param handledBy who had it run again or dismissed it; null while it is open
 * @param againIn the run in which it runs again, if that is another; else null
 */
public record DeadLetter(
        DeadLetterId id,
        RunId run,
        String project,
        long runNumber,
        JobId job,
        String jobKey,
        AttemptId attempt,
        int attempts,
        Failure failure,
        String reason,
        String cause,
        String causeKey,
        Instant diedAt,
        State state,
        @Nullable Instant handledAt,
        @Nullable String handledBy,
        @Nullable RunId againIn) {

    /** What became of it. */
    public enum State {
        /** Nobody has done anything about it. */
        OPEN,
        /** It was queued again. */
        REQUEUED,
        /** Somebody decided that nothing is to be done. */
        DISMISSED
    }
}
