package io.headrace.web.run;

import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.RunDetail;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a run are wanted.
 *
 * @param job id, key, name or base name of a job; null means all
 * @param step name or index of a step; null means all
 * @param attempt the only attempt that is wanted; null means all
 */
record LogFilter(@Nullable String job, @Nullable String step, @Nullable AttemptId attempt) {

    static LogFilter of(@Nullable String job, @Nullable String step, @Nullable AttemptId attempt) {
        return new LogFilter(
                job == null || job.isBlank() ? null : job,
                step == null || step.isBlank() ? null : step,
                attempt);
    }

    boolean wants(AttemptId candidate) {
        return attempt == null || attempt.equals(candidate);
    }

    boolean wants(RunDetail.Job candidate) {
        return job == null
                || job.equals(candidate.id().toString())
                || job.equals(candidate.key())
                || job.equals(candidate.name())
                || job.equals(candidate.baseName());
    }

    /**
     * Returns whether a line of the step is wanted.
     *
     * @param name of the step, or null if it is not known
     */
    boolean wantsStep(int index, @Nullable String name) {
        return step == null || step.equals(name) || step.equals(Integer.toString(index));
    }
}
