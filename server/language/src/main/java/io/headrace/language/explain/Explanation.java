package io.headrace.language.explain;

import io.headrace.language.Plan.Condition.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a job is as it is.
 *
 * @param job its id in the plan
 * @param name for people
 * @param variants ids of all jobs of the plan that come of the same job of the file, this included
 * @param place where the file says it
 * @param starts whether the event starts a run at all
 * @param decision whether it runs
 * @param steps whether its steps run, in their order
 * @param needs what it waits for
 * @param dependants ids of the jobs that wait for it, without those that wait for them
 * @param failure what its failure would mean
 * @param variables of the job and of its steps, by name
 * @param secrets names of the project's secrets that it gets
 * @param settings limits and the like
 */
public record Explanation(
        String job,
        String name,
        List<String> variants,
        Origin place,
        boolean starts,
        Decision decision,
        List<StepDecision> steps,
        List<Need> needs,
        List<String> dependants,
        Failure failure,
        List<Variable> variables,
        List<String> secrets,
        List<Setting> settings) {

    /**
     * Whether something runs.
     *
     * @param condition as written; null where there is none
     * @param sentence says why, with the values
     */
    public record Decision(Verdict verdict, @Nullable String condition, String sentence) {}

    /** Whether a step runs. */
    public record StepDecision(String step, Decision decision) {}

    /**
     * A job that is waited for.
     *
     * @param because such as {@code depends_on} or {@code stage 'build' comes first}
     */
    public record Need(String id, String name, String because) {}

    /**
     * What a failure of the job would mean.
     *
     * @param attempts how many in all before it counts
     * @param cancelled ids of jobs that would not run
     * @param runs ids of jobs that wait for it, directly or not, and would run all the same
     * @param sentence the same in words
     */
    public record Failure(
            int attempts, List<String> cancelled, List<String> runs, String sentence) {}

    /**
     * A variable.
     *
     * @param step the step that has it, or null if the whole job has
     * @param value that commands see
     * @param origin where the value comes from
     * @param overrides what would hold otherwise, nearest first
     */
    public record Variable(
            String name,
            @Nullable String step,
            String value,
            Origin origin,
            List<Overridden> overrides) {}

    /**
     * A value that another one replaces.
     *
     * @param value as written
     */
    public record Overridden(String value, Origin origin) {}

    /**
     * A setting of the job.
     *
     * @param key as in the file
     * @param value that holds
     */
    public record Setting(String key, String value, Origin origin) {}

    /**
     * Where something comes from.
     *
     * @param level such as {@code job}, {@code pipeline} or {@code default}
     * @param file or null if it stands in none
     * @param line counted from 1; 0 without a file
     */
    public record Origin(String level, @Nullable String file, int line) {

        static Origin of(String level) {
            return new Origin(level, null, 0);
        }

        @Override
        public String toString() {
            return file == null ? level : "%s, %s:%d".formatted(level, file, line);
        }
    }
}
