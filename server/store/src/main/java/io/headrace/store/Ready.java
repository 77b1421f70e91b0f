package io.headrace.store;

import java.util.Comparator;

/**
 * An attempt that waits for a worker.
 *
 * @param job id; those made earlier are smaller
 * @param queuedAt when the job's needs were met, which gives its place among equal priorities
 * @param createdAt when this attempt was queued
 * @param notBefore from when it may be taken
 */
record Ready(
        long attempt,
        long job,
        Lane lane,
        int priority,
        long queuedAt,
        long createdAt,
        long notBefore) {

    /** Highest priority first, then oldest. */
    static final Comparator<Ready> ORDER =
            Comparator.comparingInt(Ready::priority)
                    .reversed()
                    .thenComparingLong(Ready::queuedAt)
                    .thenComparingLong(Ready::job);
}
