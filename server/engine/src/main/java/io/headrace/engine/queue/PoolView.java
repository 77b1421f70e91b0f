package io.headrace.engine.queue;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pool, as people and autoscalers see it.
 *
 * @param queued jobs that wait for a worker
 * @param oldest since when the oldest waits, or null if none does
 * @param oldestAge how long that is; zero if none waits
 * @param running jobs that run
 * @param workers how many workers serve it and take jobs
 * @param slots how many jobs they run at a time; a worker that serves several pools counts in each
 * @param wantedWorkers see {@link WantedWorkers}
 * @param rules what is set for it, or what is usual
 */
public record PoolView(
        String name,
        int queued,
        @Nullable Instant oldest,
        Duration oldestAge,
        int running,
        int workers,
        int slots,
        int wantedWorkers,
        PoolRules rules) {}
