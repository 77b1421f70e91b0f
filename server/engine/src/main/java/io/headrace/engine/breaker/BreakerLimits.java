package io.headrace.engine.breaker;

import io.headrace.engine.retry.Failure;
import java.time.Duration;

/**
 * When a dependency is given up, and when it is trusted again (requirements QUEUE-051).
 *
 * @param failures in a row after which it is given up
 * @param timeout before a job tries it
 * @param successes in a row after which it is trusted
 */
public record BreakerLimits(int failures, Duration timeout, int successes) {

    /** Returns the limits for a kind of failure. */
    public static BreakerLimits of(Failure failure) {
        return switch (failure) {
            case NETWORK -> new BreakerLimits(10, Duration.ofSeconds(30), 2);
            case EXHAUSTED -> new BreakerLimits(5, Duration.ofMinutes(1), 2);
            case RATE_LIMIT -> new BreakerLimits(3, Duration.ofMinutes(2), 1);
            default -> new BreakerLimits(8, Duration.ofSeconds(30), 2);
        };
    }
}
