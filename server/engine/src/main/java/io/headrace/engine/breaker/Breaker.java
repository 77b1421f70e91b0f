package io.headrace.engine.breaker;

import io.headrace.engine.retry.Dependency;
import io.headrace.engine.retry.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of something outside that jobs need. All jobs and all servers share it.
 *
 * @param failures in a row
 * @param successes in a row since it was tried again
 * @param failure of the last time that it did not work
 * @param reason of that, in words
 * @param opened how often it was given up
 * @param changedAt when it became {@code state}
 * @param tryAt from when on a job may try it; null while it is closed
 */
public record Breaker(
        Dependency dependency,
        State state,
        int failures,
        int successes,
        Failure failure,
        String reason,
        int opened,
        Instant changedAt,
        @Nullable Instant lastFailureAt,
        @Nullable Instant tryAt) {

    /** Whether it is used. */
    public enum State {
        /** It works, as far as is known. */
        CLOSED,
        /** It does not: jobs that need it are held. */
        OPEN,
        /** One job at a time tries whether it works again. */
        HALF_OPEN
    }
}
