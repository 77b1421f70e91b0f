package io.headrace.language;

import io.headrace.language.schema.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people write who know other servers, and how the same is said here. */
final class Habits {

    private static final String IN_EACH_JOB = "write it in each job that needs it";
    private static final String IN_STEPS = "write its commands as 'steps' of a job";

    private static final Map<String, String> PIPELINE =
            Map.ofEntries(
                    Map.entry("agent", "write 'pool', 'labels' or 'image' in each job"),
                    Map.entry("after_script", "write a last step with 'if: always()'"),
                    Map.entry("before_script", "write a first step in each job"),
                    Map.entry("container", "write 'image' in each job"),
                    Map.entry(
                            "default", IN_EACH_JOB + "; repeat with an anchor, such as <<: *name"),
                    Map.entry(
                            "defaults", IN_EACH_JOB + "; repeat with an anchor, such as <<: *name"),
                    Map.entry("image", IN_EACH_JOB),
                    Map.entry("pool", IN_EACH_JOB),
                    Map.entry("post", "write a last step with 'if: always()' or 'if: failure()'"),
                    Map.entry("run-name", "write 'name'"),
                    Map.entry("services", "start what you need in a step; there are no services"),
                    Map.entry("steps", "write it in a job, below 'jobs'"),
                    Map.entry("tools", "write 'image' or 'labels' in each job"),
                    Map.entry("variables", "write 'global_env'"),
                    Map.entry("version", "remove it: a file needs no version"),
                    Map.entry("apiVersion", "remove it: a file needs no version"),
                    Map.entry("workflow", "write 'on' to say what starts runs"),
                    Map.entry("workflows", "write 'jobs', and 'depends_on' in them"));

    private static final Map<String, String> JOB =
            Map.ofEntries(
                    Map.entry("after_script", "write a last step with 'if: always()'"),
                    Map.entry("agent", "write 'pool', 'labels' or 'image'"),
                    Map.entry("allow_failure", "write 'continue_on_failure: true'"),
                    Map.entry("before_script", "write a first step"),
                    Map.entry("container", "write 'image'"),
                    Map.entry("continue-on-error", "write 'continue_on_failure: true'"),
                    Map.entry("dependencies", "write 'depends_on', or 'artifact_dependencies'"),
                    Map.entry("docker", "write 'image'"),
                    Map.entry("except", "write 'if', such as if: branch != \"main\""),
                    Map.entry("input", "write 'approval'"),
                    Map.entry("only", "write 'if', such as if: branch == \"main\""),
                    Map.entry("parallel", "write 'matrix' with an axis of that many values"),
                    Map.entry(
                            "interruptible",
                            "write 'concurrency' at the top, with 'when_busy: cancel_running'"),
                    Map.entry("resource_group", "write 'locks'"),
                    Map.entry("retry", "write 'retry_count'"),
                    Map.entry("rules", "write 'if', such as if: branch == \"main\""),
                    Map.entry("run", IN_STEPS),
                    Map.entry("script", IN_STEPS),
                    Map.entry("strategy", "write 'matrix' without it"),
                    Map.entry("tags", "write 'labels'"),
                    Map.entry("template", "repeat a job with an anchor, such as <<: *name"),
                    Map.entry("timeout-minutes", "write 'timeout', in seconds"),
                    Map.entry("timeout_minutes", "write 'timeout', in seconds"),
                    Map.entry("uses", "write it in a step"),
                    Map.entry("variables", "write 'environment'"));

    private static final Map<String, String> STEP =
            Map.ofEntries(
                    Map.entry("allow_failure", "write 'continue_on_failure: true'"),
                    Map.entry("bash", "write 'run'"),
                    Map.entry("continue-on-error", "write 'continue_on_failure: true'"),
                    Map.entry("cwd", "write 'working_directory'"),
                    Map.entry("dir", "write 'working_directory'"),
                    Map.entry("displayName", "write 'name'"),
                    Map.entry("id", "remove it, or write 'name'"),
                    Map.entry("retry", "write 'retry_count'"),
                    Map.entry("sh", "write 'run'"),
                    Map.entry(
                            "shell",
                            "remove it, or name the shell in the command, such as bash -c"),
                    Map.entry("timeout-minutes", "write 'timeout', in seconds"),
                    Map.entry("timeout_minutes", "write 'timeout', in seconds"),
                    Map.entry("variables", "write 'environment'"));

    private static final Map<String, String> ARTIFACT =
            Map.of("expire_in", "write 'retention', in days");

    private static final Map<String, String> CONCURRENCY =
            Map.of(
                    "cancel-in-progress", "write 'when_busy: cancel_running'",
                    "cancel_in_progress", "write 'when_busy: cancel_running'");

    private static final Map<String, String> FILTER =
            Map.of(
                    "branches-ignore",
                            "write 'branches' with a '!' before each, such as [\"**\", \"!wip\"]",
                    "tags-ignore",
                            "write 'tags' with a '!' before each, such as [\"**\", \"!wip\"]",
                    "paths-ignore",
                            "write 'paths' with a '!' before each, such as [\"**\", \"!docs/**\"]");

    private static final Map<String, String> AXES =
            Map.of(
                    "fail-fast", "write 'fail_fast' in the job, beside 'matrix'",
                    "fail_fast", "write it in the job, beside 'matrix'",
                    "max-parallel", "remove it: the workers decide how many jobs run at once",
                    "max_parallel", "remove it: the workers decide how many jobs run at once");

    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("github.ref_name", "write branch or tag"),
                    Map.entry("github.head_ref", "write branch"),
                    Map.entry("github.sha", "write commit"),
                    Map.entry("CI_COMMIT_BRANCH", "write branch"),
                    Map.entry("CI_COMMIT_TAG", "write tag"),
                    Map.entry("BRANCH_NAME", "write branch"),
                    Map.entry("TRUE", "write true"),
                    Map.entry("FALSE", "write false"),
                    Map.entry("null", "write \"\": a value that is not set is empty"),
                    Map.entry("manual", "write 'approval: true' to have somebody start it"),
                    Map.entry("on_success", "remove it: that is so without a condition"),
                    Map.entry("on_failure", "write failure() in 'if' of a step"));

    private Habits() {}

    /** Returns what to do about a key that {@code level} does not have, or null. */
    static @Nullable String key(Level level, String name) {
        var keys =
                switch (level.name()) {
                    case "pipeline" -> PIPELINE;
                    case "job" -> JOB;
                    case "step" -> STEP;
                    case "artifact" -> ARTIFACT;
                    case "concurrency" -> CONCURRENCY;
                    case "push", "pull_request" -> FILTER;
                    default -> Map.<String, String>of();
                };
        return keys.get(name);
    }

    /** Returns what to do about a key of a matrix that is meant as none of its axes, or null. */
    static @Nullable String axis(String name) {
        return AXES.get(name);
    }

    /** Returns what to do about a name that expressions do not know, or null. */
    static @Nullable String name(String path) {
        var known = NAMES.get(path);
        if (known != null) {
            return known;
        }
        return path.startsWith("steps.") || path.startsWith("needs.")
                ? "there is no such value; write it into a file, and keep that as an artifact"
                : null;
    }
}
