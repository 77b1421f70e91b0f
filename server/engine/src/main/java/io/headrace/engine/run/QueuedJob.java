package io.headrace.engine.run;

import java.time.Instant;
import java.util.List;

/**
 * A job that waits for a worker.
 *
 * @param key the job's id in the plan
 * @param position counted from 1 in its pool, in the order in which workers take jobs
 * @param attempt number of the attempt that waits
 */
public record QueuedJob(
        JobId id,
        RunId run,
        String project,
        long runNumber,
        String key,
        String name,
        String pool,
        List<String> labels,
        int priority,
        int position,
        int attempt,
        Instant queuedAt) {}
