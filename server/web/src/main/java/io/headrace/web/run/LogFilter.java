package io.headrace.web.run;

import io.headrace.engine.run.RunDetail;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a run are wanted.
 *
 * @param job id, key, name or base name of a job; null means all
 * @param step name or index of a step; null means all
 */
record LogFilter(@Nullable String job, @Nullable String step) {

    static LogFilter of(@Nullable String job, @Nullable String step) {
        return new LogFilter(
                job == null || job.isBlank() ? null : job,
                step == null || step.isBlank() ? null : step);
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
