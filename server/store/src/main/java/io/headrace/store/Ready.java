package io.headrace.store;

import io.headrace.engine.queue.QueueRules;
import java.util.Comparator;

/**
 * An attempt that waits for a worker.
 *
 * @param job id; those made earlier are smaller
 * @param queuedAt when the job's needs were met
 * @param createdAt when this attempt was queued
 * @param notBefore from when it may be taken
 * @param rank gives its place in its line; see {@link QueueRules#rank}
 * @param urgent whether it goes before all that are not
 */
record Ready(
        long attempt,
        long job,
        long project,
        Lane lane,
        int priority,
        long queuedAt,
        long createdAt,
        long notBefore,
        long rank,
        boolean urgent) {

    /** The order within a line. */
    static final Comparator<Ready> ORDER =
            Comparator.comparingLong(Ready::rank)
                    .thenComparingLong(Ready::job)
                    .thenComparingLong(Ready::attempt);

    /** Oldest first. */
    static final Comparator<Ready> AGE =
            Comparator.comparingLong(Ready::createdAt).thenComparingLong(Ready::attempt);

    /** What is due next first. */
    static final Comparator<Ready> DUE =
            Comparator.comparingLong(Ready::notBefore).thenComparingLong(Ready::attempt);

    static Ready of(
            QueueRules rules,
            long attempt,
            long job,
            long project,
            Lane lane,
            int priority,
            long queuedAt,
            long createdAt,
            long notBefore) {
        return new Ready(
                attempt,
                job,
                project,
                lane,
                priority,
                queuedAt,
                createdAt,
                notBefore,
                rules.rank(priority, queuedAt),
                priority >= QueueRules.URGENT);
    }

    Ready promoted() {
        return new Ready(
                attempt, job, project, lane, priority, queuedAt, createdAt, notBefore, rank, true);
    }

    LineKey line() {
        return new LineKey(lane, urgent, project);
    }
}
