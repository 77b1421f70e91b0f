package io.headrace.engine.retry;

import java.time.Duration;

/**
 * What an operator allows where no pipeline says how to try again.
 *
 * @param maxAttempts the first included, 1 or more; 1 means that nothing is tried again
 * @param totalTime no attempt begins later than this after the first failure
 */
public record RetryLimits(int maxAttempts, Duration totalTime) {

    /** Three attempts within half an hour (requirements QUEUE-041, 043). */
    public static final RetryLimits DEFAULT = new RetryLimits(3, Duration.ofMinutes(30));
}
