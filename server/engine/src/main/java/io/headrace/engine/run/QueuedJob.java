package io.headrace.engine.run;

import io.headrace.engine.project.ProjectId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job that waits for a worker.
 *
 * @param key the job's id in the plan
 * @param position counted from 1 in its pool, in the order in which workers take jobs
 * @param attempt number of the attempt that waits
 * @param urgent whether it goes before the shares of projects, for its priority or because it has
 *     waited for too long
 * @param notBefore from when it may be taken, if that is still to come; else null
 */
public record QueuedJob(
        JobId id,
        RunId run,
        ProjectId projectId,
        String project,
        long runNumber,
        String key,
        String name,
        String pool,
        List<String> labels,
        int priority,
        int position,
        int attempt,
        Instant queuedAt,
        boolean urgent,
        @Nullable Instant notBefore) {}
