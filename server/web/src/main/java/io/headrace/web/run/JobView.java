package io.headrace.web.run;

import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.Status;
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
        @Nullable String keptFrom,
        Instant createdAt,
        @Nullable Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<AttemptView> attempts) {

    static JobView of(RunDetail.Job job) {
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
                    attempt.steps().stream().map(StepView::of).toList());
        }
    }

    /**
     * A step of an attempt.
     *
     * @param index from 0
     */
    public record StepView(
            int index,
            String name,
            Status status,
            String reason,
            @Nullable Integer exitCode,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {

        static StepView of(RunDetail.Step step) {
            return new StepView(
                    step.index(),
                    step.name(),
                    step.status(),
                    step.reason(),
                    step.exitCode(),
                    step.startedAt(),
                    step.finishedAt());
        }
    }
}
