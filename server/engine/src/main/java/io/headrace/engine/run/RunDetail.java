package io.headrace.engine.run;

import io.headrace.engine.retry.Failure;
import io.headrace.language.PipelineProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run with all that is in it.
 *
 * @param jobs in the plan's order; empty if there is no plan
 * @param problems what is wrong with the pipeline file, warnings included
 */
public record RunDetail(RunSummary run, List<Job> jobs, List<PipelineProblem> problems) {

    public Optional<Job> job(String key) {
        return jobs.stream().filter(job -> job.key().equals(key)).findFirst();
    }

    /**
     * A job.
     *
     * @param key its id in the plan, such as {@code test-21-linux}
     * @param needs keys of jobs
     * @param reason why it is in this state, in words; empty where the state says it all
     * @param keptFrom the run whose result this job took over, or null if it ran here
     * @param queuedAt when its needs were met the last time
     * @param attempts oldest first
     */
    public record Job(
            JobId id,
            String key,
            String name,
            String baseName,
            @Nullable String stage,
            Map<String, String> matrix,
            List<String> needs,
            Status status,
            String reason,
            @Nullable RunId keptFrom,
            Instant createdAt,
            @Nullable Instant queuedAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            List<Attempt> attempts) {}

    /**
     * One try at a job.
     *
     * @param number counted from 1
     * @param exitCode of the step that ended it; null if there is none
     * @param worker name of the worker that took it, or null
     * @param failure why it did not succeed; null if it did, or is not over
     * @param retryDelay how long the next attempt had to wait; null if there is none because of it
     * @param steps those that were reached, in order
     */
    public record Attempt(
            AttemptId id,
            int number,
            Status status,
            String reason,
            @Nullable Integer exitCode,
            @Nullable String worker,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Failure failure,
            @Nullable Duration retryDelay,
            List<Step> steps) {}

    /**
     * A step of an attempt.
     *
     * @param index from 0; see {@link io.headrace.language.Plan.Step#index}
     * @param tries those that were followed by another, oldest first
     */
    public record Step(
            int index,
            String name,
            Status status,
            String reason,
            @Nullable Integer exitCode,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            List<StepTry> tries) {}
}
