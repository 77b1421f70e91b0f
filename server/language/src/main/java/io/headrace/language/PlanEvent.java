package io.headrace.language;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is made for.
 *
 * @param project the project's name
 * @param type what happened
 * @param ref full ref name, such as {@code refs/heads/main}, or the commit where there is no ref
 * @param branch short name, or null where the ref is no branch
 * @param tag short name, or null where the ref is no tag
 * @param commit full id
 * @param parameters given by whoever started the run, by name
 * @param changedPaths files that changed, from the root of the repository; null where that isn't
 *     known, and then everything counts as changed
 */
public record PlanEvent(
        String project,
        Type type,
        String ref,
        @Nullable String branch,
        @Nullable String tag,
        String commit,
        Map<String, String> parameters,
        @Nullable List<String> changedPaths) {

    /** Makes an event of which nobody knows what changed. */
    public PlanEvent(
            String project,
            Type type,
            String ref,
            @Nullable String branch,
            @Nullable String tag,
            String commit,
            Map<String, String> parameters) {
        this(project, type, ref, branch, tag, commit, parameters, null);
    }

    /**
     * Makes an event that never happened, to ask what a pipeline would do; its commit is all zeros.
     *
     * @param project a name to show
     * @param branch short name; counts only where there is no tag
     * @param tag short name, or null
     * @param changedPaths as of an event
     */
    public static PlanEvent supposed(
            String project,
            Type type,
            String branch,
            @Nullable String tag,
            Map<String, String> parameters,
            @Nullable List<String> changedPaths) {
        return new PlanEvent(
                project,
                type,
                tag == null ? "refs/heads/" + branch : "refs/tags/" + tag,
                tag == null ? branch : null,
                tag,
                "0".repeat(40),
                parameters,
                changedPaths);
    }

    /**
     * What happened (requirements TRIG-013). Its name in lower case is {@code event} in conditions.
     */
    public enum Type {
        PUSH,
        PULL_REQUEST,
        TAG,
        MANUAL,
        SCHEDULE,
        API,
        UPSTREAM
    }

    public PlanEvent {
        parameters = Map.copyOf(parameters);
        changedPaths = changedPaths == null ? null : List.copyOf(changedPaths);
    }
}
