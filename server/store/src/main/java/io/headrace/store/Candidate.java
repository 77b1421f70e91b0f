package io.headrace.store;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Somebody who has a job waiting and may get the next slot. */
interface Candidate {

    /**
     * Urgent jobs first; then whoever has the smallest part of the pool for its weight; then
     * whoever was served the longest ago for its weight, without which a pool of one slot would
     * know no shares; then whose first job has the smallest rank.
     */
    Comparator<Candidate> ORDER =
            Comparator.comparing(Candidate::urgent)
                    .reversed()
                    .thenComparing(Candidate::member, Shares.Member.ORDER)
                    .thenComparingLong(Candidate::rank)
                    .thenComparingLong(Candidate::job);

    boolean urgent();

    Shares.Member member();

    /** Returns the rank of the first job. */
    long rank();

    /** Returns the id of the first job. */
    long job();

    /** Finds whoever gets the next slot; null if nobody may have one. */
    static <C extends Candidate> @Nullable C next(Iterable<C> candidates) {
        C best = null;
        for (var candidate : candidates) {
            if (candidate.member().hasRoom()
                    && (best == null || ORDER.compare(candidate, best) < 0)) {
                best = candidate;
            }
        }
        return best;
    }

    /** Finds whoever would get the next slot if there were no limits. */
    static <C extends Candidate> C first(Collection<C> candidates) {
        return Collections.min(candidates, ORDER);
    }
}
