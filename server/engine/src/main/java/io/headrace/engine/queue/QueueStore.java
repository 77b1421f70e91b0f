package io.headrace.engine.queue;

import io.headrace.engine.project.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what projects and pools may have of the workers, and tells what they have. What is set
 * holds on all controllers within a second; what runs already goes on.
 */
public interface QueueStore {

    /** Returns a project's share; the {@link Share#DEFAULT} if nobody set it. */
    Share share(ProjectId project);

    /** Sets a project's share; false, and nothing changed, if there is no such project. */
    boolean share(ProjectId project, Share share);

    /** Lists pools for which something is set, by name. */
    List<PoolRules> rules();

    /** Sets what holds for a pool, whether anything uses it or not. */
    void rule(PoolRules rules);

    /** Has the standard hold for a pool again; false if it did. */
    boolean forgetRule(String pool);

    /**
     * How much there is to do in a pool.
     *
     * @param queued jobs that wait, those included that may not be taken yet
     * @param running jobs that run, on all workers of all controllers
     * @param oldest since when the oldest waits, or null if none does
     */
    record Load(String pool, int queued, int running, @Nullable Instant oldest) {}

    /** Lists pools in which anything waits or runs, by name. */
    List<Load> loads();

    /**
     * What a project has of a pool.
     *
     * @param running jobs of it that run in the pool
     */
    record Part(String pool, ProjectId project, Share share, int running) {}

    /**
     * How long a job took, from its first attempt's start to its end.
     *
     * @param job its name
     */
    record Took(ProjectId project, String job, String pool, Duration time) {}

    /**
     * Lists jobs that succeeded, of the newest runs of a project that did, up to 2,000.
     *
     * @param runs how many runs are looked at
     */
    List<Took> took(ProjectId project, int runs);

    /** Lists what projects have, for those that have jobs running. */
    List<Part> parts();
}
