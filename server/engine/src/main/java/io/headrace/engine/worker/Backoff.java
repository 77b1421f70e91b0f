package io.headrace.engine.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try of a step: 5 s, doubled each time, at most 120 s, with 25 %
 * jitter, at least 1 s (requirements QUEUE-042).
 */
final class Backoff {

    private static final double BASE_MILLIS = 5_000;
    private static final double CAP_MILLIS = 120_000;
    private static final double JITTER = 0.25;
    private static final long FLOOR_MILLIS = 1_000;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Returns the time to wait.
     *
     * @param failures so far, 1 or more
     */
    Duration after(int failures) {
        var delay = Math.min(CAP_MILLIS, BASE_MILLIS * Math.pow(2, failures - 1));
        var jittered = delay * (1 + JITTER * (2 * random.nextDouble() - 1));
        return Duration.ofMillis(Math.max(FLOOR_MILLIS, Math.round(jittered)));
    }
}
