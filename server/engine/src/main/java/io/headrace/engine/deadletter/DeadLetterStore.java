package io.headrace.engine.deadletter;

import io.headrace.engine.Page;
import io.headrace.engine.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps dead letters. They are written in the transaction that ends their job. Each method is one
 * transaction; times are the database's.
 */
public interface DeadLetterStore {

    /** What came of {@link #resume}. */
    enum Resumed {
        /** The job is queued again in its own run, and what waited for it waits again. */
        YES,
        /** Its run is over: nothing was changed. */
        RUN_IS_OVER,
        /** Its run is to stop: nothing was changed. */
        RUN_STOPS,
        /** The job, or one that was cancelled in its run, needs locks: nothing was changed. */
        NEEDS_LOCKS,
        /** It is not open any more: nothing was changed. */
        NOT_OPEN
    }

    Optional<DeadLetter> find(DeadLetterId id);

    /**
     * Lists newest first.
     *
     * @param after {@link Page#next} of the page before, or null for the first
     * @param limit 1 to 1000
     */
    Page<DeadLetter> list(DeadLetterFilter filter, @Nullable String after, int limit);

    /** Lists the causes of open ones, the most frequent first. */
    List<CauseGroup> groups(int limit);

    /** Counts those that are open. */
    int depth();

    /** Queues the job again in its own run, with fresh tries, if the run is not over. */
    Resumed resume(DeadLetterId id, String who);

    /**
     * Notes that all open ones of a run were queued again in another.
     *
     * @return how many
     */
    int requeued(RunId run, RunId in, String who);

    /** Dismisses one; false if it is not open. */
    boolean dismiss(DeadLetterId id, String who);

    /**
     * Deletes up to {@code limit} that died before.
     *
     * @return how many
     */
    int discard(Instant before, int limit);
}
