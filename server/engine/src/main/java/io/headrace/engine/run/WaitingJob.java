package io.headrace.engine.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A queued job, and why it waits.
 *
 * @param reason in words, such as {@code all 4 slots of pool 'default' are busy}
 * @param impossible whether no worker that is known could ever take it
 * @param start when it is expected to start; null if nothing is known to reckon from
 */
public record WaitingJob(
        QueuedJob job, String reason, boolean impossible, @Nullable Expected start) {

    /**
     * When something is expected.
     *
     * @param p50 as likely before as after
     * @param p90 nine times of ten before
     */
    public record Expected(Instant p50, Instant p90) {

        /** Returns the later of two, for what has to wait for both. */
        public Expected orLater(Expected other) {
            return new Expected(later(p50, other.p50), later(p90, other.p90));
        }

        private static Instant later(Instant one, Instant other) {
            return one.isBefore(other) ? other : one;
        }
    }
}
