package io.headrace.engine.lock;

import io.headrace.engine.run.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lock or a group, with those who have it and those who wait for it.
 *
 * @param project name of the project that it belongs to; null if the whole server shares it
 * @param holders those that have it, oldest first
 * @param waiters those that wait for it, in the order in which they get it
 */
public record LockView(
        Kind kind,
        String name,
        @Nullable String project,
        List<Owner> holders,
        List<Owner> waiters) {

    public LockView {
        holders = List.copyOf(holders);
        waiters = List.copyOf(waiters);
    }

    /** What takes turns. */
    public enum Kind {
        /** Jobs, by {@code locks}. */
        LOCK,
        /** Runs, by {@code concurrency}. */
        GROUP
    }

    /**
     * A run or a job.
     *
     * @param project the project's name
     * @param job the job's key in the plan; null if it is the run as a whole
     * @param since when it got it, or began to wait for it
     */
    public record Owner(
            RunId run, String project, long runNumber, @Nullable String job, Instant since) {}
}
