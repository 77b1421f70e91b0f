package io.headrace.store;

import org.jspecify.annotations.Nullable;

/**
 * How much there is to do in a pool.
 *
 * @param queued those that may not be taken yet included
 * @param oldest since when the oldest waits, in microseconds; null if none does
 */
record PoolCount(String pool, int queued, int running, @Nullable Long oldest) {

    PoolCount plus(PoolCount other) {
        return new PoolCount(
                pool, queued + other.queued, running + other.running, older(oldest, other.oldest));
    }

    static @Nullable Long older(@Nullable Long one, @Nullable Long other) {
        return one == null ? other : other == null ? one : Long.valueOf(Math.min(one, other));
    }
}
