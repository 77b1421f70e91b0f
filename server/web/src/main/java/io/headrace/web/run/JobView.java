package io.headrace.web.run;

import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.Status;
import io.headrace.engine.run.StepTry;
import io.headrace.language.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job of a run.
 *
 * @param key its id in the plan, such as {@code test-21-linux}
 * @param name for people, such as {@code test (java=21, os=linux)}
 * @param baseName the key in the pipeline file, such as {@code test}
 * @param needs keys of jobs
 * @param reason why it is in this state; empty where the state says it all
 * @param image that it runs in; left out where the executor decides
 * @param executor type of the executor, such as {@code docker}
 * @param pool of the workers that may take it
 * @param labels that a worker must have
 * @param priority higher first
 * @param timeout seconds that one attempt may take
 * @param condition as written; left out where there is none
 * @param explanation the condition with its values, as far as the plan knew them
 * @param keptFrom the run whose result this job took over
 * @param attempts oldest first
 */
public record JobView(
        String id,
        String key,
        String name,
        String baseName,
        @Nullable String stage,
        Map<String, String> matrix,
        List<String> needs,
        Status status,
        String reason,
        @Nullable String image,
        String executor,
        String pool,
        List<String> labels,
        int priority,
        long timeout,
        @Nullable String condition,
        @Nullable String explanation,
        @Nullable String keptFrom,
        Instant createdAt,
        @Nullable Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<AttemptView> attempts) {

    /** What the plan says of a job. */
    record Terms(
            @Nullable String image,
            String executor,
            String pool,
            List<String> labels,
            int priority,
            long timeout,
            @Nullable String condition,
            @Nullable String explanation) {

        /** Of a job whose run is being deleted just now. */
        static final Terms NONE = new Terms(null, "", "", List.of(), 0, 0, null, null);

        static Terms of(Plan.Job job) {
            var condition = job.condition();
            return new Terms(
                    job.image(),
                    job.executorType(),
                    job.pool(),
                    job.labels(),
                    job.priority(),
                    job.timeLimit().toSeconds(),
                    condition.expression().isEmpty() ? null : condition.expression(),
                    condition.explanation().isEmpty() ? null : condition.explanation());
        }
    }

    static JobView of(RunDetail.Job job, Terms terms) {
        return new JobView(
                job.id().toString(),
                job.key(),
                job.name(),
                job.baseName(),
                job.stage(),
                job.matrix(),
                job.needs(),
                job.status(),
                job.reason(),
                terms.image(),
                terms.executor(),
                terms.pool(),
                terms.labels(),
                terms.priority(),
                terms.timeout(),
                terms.condition(),
                terms.explanation(),
                job.keptFrom() == null ? null : job.keptFrom().toString(),
                job.createdAt(),
                job.queuedAt(),
                job.startedAt(),
                job.finishedAt(),
                job.attempts().stream().map(AttemptView::of).toList());
    }

    /**
     * One try at a job.
     *
     * @param number counted from 1
     * @param exitCode of the step that ended it
     * @param failure why it did not succeed; left out if it did, or is not over
     * @param retryDelay seconds that the next attempt had to wait; left out if there is none
     * @param steps those that were reached, in order
     */
    public record AttemptView(
            String id,
            int number,
            Status status,
            String reason,
            @Nullable Integer exitCode,
            @Nullable String worker,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable FailureView failure,
            @Nullable Double retryDelay,
            List<StepView> steps) {

        static AttemptView of(RunDetail.Attempt attempt) {
            return new AttemptView(
                    attempt.id().toString(),
                    attempt.number(),
                    attempt.status(),
                    attempt.reason(),
                    attempt.exitCode(),
                    attempt.worker(),
                    attempt.createdAt(),
                    attempt.startedAt(),
                    attempt.finishedAt(),
                    FailureView.ofNullable(attempt.failure()),
                    attempt.retryDelay() == null ? null : seconds(attempt.retryDelay()),
                    attempt.steps().stream().map(StepView::of).toList());
        }
    }

    /**
     * A step of an attempt.
     *
     * @param index from 0
     * @param tries those that were followed by another, oldest first
     */
    public record StepView(
            int index,
            String name,
            Status status,
            String reason,
            @Nullable Integer exitCode,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            List<TryView> tries) {

        static StepView of(RunDetail.Step step) {
            return new StepView(
                    step.index(),
                    step.name(),
                    step.status(),
                    step.reason(),
                    step.exitCode(),
                    step.startedAt(),
                    step.finishedAt(),
                    step.tries().stream().map(TryView::of).toList());
        }
    }

    /**
     * A try of a step that was followed by another.
     *
     * @param number counted from 1
     * @param took seconds
     * @param delay seconds before the next
     */
    public record TryView(
            int number,
            @Nullable Integer exitCode,
            String reason,
            FailureView failure,
            double took,
            double delay) {

        static TryView of(StepTry tried) {
            return new TryView(
                    tried.number(),
                    tried.exitCode(),
                    tried.reason(),
                    FailureView.of(tried.failure()),
                    seconds(tried.took()),
                    seconds(tried.delay()));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
