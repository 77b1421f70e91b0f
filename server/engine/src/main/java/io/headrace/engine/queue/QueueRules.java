package io.headrace.engine.queue;

import java.time.Duration;

/**
 * In which order jobs are taken from the queue.
 *
 * <p>Jobs with a priority of {@link #URGENT} or more, and jobs that have waited for longer than
 * {@code promoteAfter}, go before all others. Within each of these two bands the next slot goes to
 * the project that has the smallest part of the pool for its {@link Share#weight}; and within a
 * project to the job with the smallest {@link #rank}.
 *
 * @param aging how long a job has to wait for that to count as much as one point of priority, 1
 *     second to 24 hours. With 24 hours, priority decides as good as alone
 * @param promoteAfter how long a job waits at most before it goes before all that are not urgent, 1
 *     second to 30 days; by the database's clock
 */
public record QueueRules(Duration aging, Duration promoteAfter) {

    /** The priority from which on a job is urgent: that of deployments. */
    public static final int URGENT = 100;

    public static final QueueRules DEFAULT =
            new QueueRules(Duration.ofSeconds(60), Duration.ofSeconds(1800));

    public QueueRules {
        check("queue.aging", aging, Duration.ofHours(24));
        check("queue.promote-after", promoteAfter, Duration.ofDays(30));
    }

    private static void check(String key, Duration value, Duration most) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "%s must be 1 to %d seconds, not %s".formatted(key, most.toSeconds(), value));
        }
    }

    /**
     * Returns the place of a job among those of its project: the smaller, the sooner. How two jobs
     * that wait compare by priority and waiting time does not depend on when they are compared, so
     * this never changes while a job waits, and nothing is sorted anew.
     *
     * @param queuedAt microseconds since 1970
     * @return microseconds; the later of two jobs overtakes the earlier if it came less than {@code
     *     aging} times the difference of their priorities after it
     */
    public long rank(int priority, long queuedAt) {
        return queuedAt - priority * (aging.toNanos() / 1000);
    }
}
