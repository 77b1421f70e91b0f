package io.headrace.engine.retry;

import io.headrace.language.PlanTerms;
import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * How often something is tried, and how long one waits between. The wait after attempt n, counted
 * from 1, is {@code base × factor^(n−1)}, at most {@code cap}, varied by chance, and at least a
 * second unless it is none at all (requirements conflicts C8). Immutable.
 *
 * @param attempts the first included, 1 or more
 * @param base wait after the first attempt
 * @param factor 1 or more
 * @param cap the longest wait, before chance
 * @param totalTime no attempt begins later than this after the first failure
 * @param retryOn failures that are tried again
 */
public record RetryPolicy(
        int attempts,
        Duration base,
        double factor,
        Duration cap,
        Jitter jitter,
        Duration totalTime,
        Set<RetryClass> retryOn) {

    /** How waits vary by chance, so that those who failed together don't come back together. */
    public enum Jitter {
        NONE,
        /** 75 to 125 %: steps. */
        AROUND,
        /** 50 to 100 %: recovery. */
        BELOW
    }

    /** Below this, waiting is of no use. */
    private static final Duration FLOOR = Duration.ofSeconds(1);

    private static final Duration BUDGET = Duration.ofMinutes(30);

    /** Never again. */
    public static final RetryPolicy NONE = recovery(1, Duration.ZERO, 1, Duration.ZERO);

    /** Steps with {@code retry_count}, which gives the attempts (QUEUE-042). */
    public static final RetryPolicy STEP =
            new RetryPolicy(
                    4,
                    Duration.ofSeconds(5),
                    2,
                    Duration.ofSeconds(120),
                    Jitter.AROUND,
                    BUDGET,
                    RetryClass.PASSING);

    /** Failures of our own (QUEUE-041, 043). */
    public static final RetryPolicy INFRASTRUCTURE = seconds(3, 5, 2, 120);

    /** Connections (QUEUE-044). */
    public static final RetryPolicy NETWORK = seconds(5, 1, 2, 32);

    /** Memory, disk, processes. */
    public static final RetryPolicy EXHAUSTED = seconds(3, 5, 1.5, 17);

    /** Engines, registries, hosts of sources. */
    public static final RetryPolicy SERVICE_DOWN = seconds(4, 10, 2, 80);

    /** Those who want fewer requests. */
    public static final RetryPolicy RATE_LIMIT = seconds(6, 60, 1.2, 120);

    public RetryPolicy {
        if (attempts < 1 || factor < 1) {
            throw new IllegalArgumentException("attempts and factor are 1 or more");
        }
        retryOn = Set.copyOf(retryOn);
    }

    private static RetryPolicy seconds(int attempts, int base, double factor, int cap) {
        return recovery(attempts, Duration.ofSeconds(base), factor, Duration.ofSeconds(cap));
    }

    private static RetryPolicy recovery(int attempts, Duration base, double factor, Duration cap) {
        return new RetryPolicy(
                attempts, base, factor, cap, Jitter.BELOW, BUDGET, RetryClass.PASSING);
    }

    /** Returns what a pipeline or a job says. */
    public static RetryPolicy of(PlanTerms.RetryPolicy written) {
        return new RetryPolicy(
                written.maxAttempts(),
                written.baseDelay(),
                written.multiplier().doubleValue(),
                written.maxDelay(),
                written.jitter() ? Jitter.AROUND : Jitter.NONE,
                written.totalTime(),
                written.retryOn().stream().map(RetryClass::of).collect(Collectors.toSet()));
    }

    /** Returns the same with other waits. */
    public RetryPolicy withDelays(Duration newBase, Duration newCap) {
        return new RetryPolicy(attempts, newBase, factor, newCap, jitter, totalTime, retryOn);
    }

    /** Returns the same, within what an operator allows. */
    public RetryPolicy within(int maxAttempts, Duration maxTime) {
        return new RetryPolicy(
                Math.min(attempts, maxAttempts),
                base,
                factor,
                cap,
                jitter,
                totalTime.compareTo(maxTime) < 0 ? totalTime : maxTime,
                retryOn);
    }

    /** Returns whether failures like {@code failure} are tried again. */
    public boolean covers(Failure failure) {
        var of = failure.retryClass();
        return of != null && !failure.isFinal() && retryOn.contains(of);
    }

    /**
     * Returns how long to wait before the next attempt.
     *
     * @param attempt that failed, counted from 1
     */
    public Duration delay(int attempt, RandomGenerator random) {
        if (base.isZero()) {
            return Duration.ZERO;
        }
        // Beyond any cap long before it is no number any more.
        var grown = (double) base.toMillis() * Math.pow(factor, Math.min(attempt, 64) - 1);
        var millis = Math.min((double) cap.toMillis(), grown);
        var varied =
                switch (jitter) {
                    case NONE -> millis;
                    case AROUND -> millis * (0.75 + 0.5 * random.nextDouble());
                    case BELOW -> millis * (0.5 + 0.5 * random.nextDouble());
                };
        return Duration.ofMillis(Math.max(FLOOR.toMillis(), Math.round(varied)));
    }
}
