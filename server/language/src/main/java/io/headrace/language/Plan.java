package io.headrace.language;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline becomes for one event: matrices expanded, conditions decided where they can be,
 * jobs as a graph in levels. Immutable; the same pipeline and event always give an equal plan.
 *
 * @param name of the pipeline
 * @param timeLimit for the whole run
 * @param failFast whether the first failed job cancels all others
 * @param jobs in the order of the file, a matrix's variants in the order of its axes
 * @param levels ids of jobs; those of one level need only jobs of earlier levels
 * @param hash 64 hexadecimal digits over everything else in this plan
 * @param terms what it asks for beside its graph
 */
public record Plan(
        String name,
        Duration timeLimit,
        boolean failFast,
        List<Job> jobs,
        List<List<String>> levels,
        String hash,
        PlanTerms terms) {

    @SuppressWarnings("NullAway") // Plans that an older version stored have no terms.
    public Plan {
        terms = terms == null ? PlanTerms.NONE : terms;
        jobs = List.copyOf(jobs);
        levels = levels.stream().map(List::copyOf).toList();
    }

    /** Finds a job by its id. */
    public Optional<Job> job(String id) {
        return jobs.stream().filter(job -> job.id().equals(id)).findFirst();
    }

    /**
     * A node of the graph: a job, or one variant of a job with a matrix.
     *
     * @param id unique in the plan; letters, digits, {@code -}, {@code _} and {@code .}, such as
     *     {@code test-21-linux}
     * @param name for people, such as {@code test (java=21, os=linux)}
     * @param baseName the key in the file, such as {@code test}
     * @param matrix the variant's values by axis, in the order of the axes; empty without a matrix
     * @param stage or null
     * @param needs ids of the jobs that must have succeeded or been skipped before, stages included
     * @param condition decides whether the job runs
     * @param image or null, which leaves it to the executor
     * @param executor the executor's type, or null: {@code docker} where there is an image, else
     *     {@code process}
     * @param pool of the workers that may take it
     * @param labels that a worker must have
     * @param environment pipeline, matrix and job variables merged
     * @param later the variables whose values are known only when the job starts: expressions for
     *     {@link LateValues}, by name
     * @param secrets names of the project's secrets that the job gets; their values are in no plan
     * @param timeLimit for one attempt
     * @param retries further attempts after a failed one, 0 to 5
     * @param retryOnTimeout whether {@code retries} also holds after a time limit
     * @param continueOnFailure whether the run can succeed although this job failed
     * @param checkout whether the sources are put into the workspace
     * @param priority higher first
     * @param artifacts to keep when the job ends
     * @param artifactNeeds to put into the workspace before the first step
     * @param resources that one attempt may use
     * @param steps at least one
     * @param terms what it asks for besides
     */
    public record Job(
            String id,
            String name,
            String baseName,
            Map<String, String> matrix,
            @Nullable String stage,
            List<String> needs,
            Condition condition,
            @Nullable String image,
            @Nullable String executor,
            String pool,
            List<String> labels,
            Map<String, String> environment,
            Map<String, String> later,
            List<String> secrets,
            Duration timeLimit,
            int retries,
            boolean retryOnTimeout,
            boolean continueOnFailure,
            boolean checkout,
            int priority,
            List<Artifact> artifacts,
            List<ArtifactNeed> artifactNeeds,
            Resources resources,
            List<Step> steps,
            JobTerms terms) {

        @SuppressWarnings("NullAway") // Plans that an older version stored have none of these.
        public Job {
            later = later == null ? Map.of() : later;
            secrets = secrets == null ? List.of() : secrets;
            terms = terms == null ? JobTerms.NONE : terms;
        }

        /** Returns the type of the executor that runs it. */
        public String executorType() {
            return executor != null ? executor : image == null ? "process" : "docker";
        }

        /** Returns the same job, waiting for others. */
        Job waitingFor(List<String> others) {
            return new Job(
                    id,
                    name,
                    baseName,
                    matrix,
                    stage,
                    others,
                    condition,
                    image,
                    executor,
                    pool,
                    labels,
                    environment,
                    later,
                    secrets,
                    timeLimit,
                    retries,
                    retryOnTimeout,
                    continueOnFailure,
                    checkout,
                    priority,
                    artifacts,
                    artifactNeeds,
                    resources,
                    steps,
                    terms);
        }
    }

    /**
     * A command or an action inside a job.
     *
     * @param index from 0
     * @param name unique in the job
     * @param commands shell commands, each of one or more lines; empty if there is an action
     * @param action or null if there are commands
     * @param environment the step's own variables, over those of the job
     * @param workingDirectory relative to the workspace, or absolute; empty means the workspace
     * @param timeLimit for one try
     * @param retries further tries after a failed one, 0 to 3
     * @param retryOnTimeout whether {@code retries} also holds after a time limit
     * @param continueOnFailure whether the job goes on although this step failed
     * @param image of a container for this step alone; null means the job's
     * @param isolate whether it gets a container of its own
     */
    public record Step(
            int index,
            String name,
            List<String> commands,
            @Nullable Action action,
            Map<String, String> environment,
            Map<String, String> later,
            String workingDirectory,
            Duration timeLimit,
            int retries,
            boolean retryOnTimeout,
            boolean continueOnFailure,
            Condition condition,
            @Nullable String image,
            boolean isolate) {

        @SuppressWarnings("NullAway") // Plans that an older version stored have none.
        public Step {
            later = later == null ? Map.of() : later;
        }

        /** Makes a step that runs where its job does. */
        public Step(
                int index,
                String name,
                List<String> commands,
                @Nullable Action action,
                Map<String, String> environment,
                String workingDirectory,
                Duration timeLimit,
                int retries,
                boolean retryOnTimeout,
                boolean continueOnFailure,
                Condition condition) {
            this(
                    index,
                    name,
                    commands,
                    action,
                    environment,
                    Map.of(),
                    workingDirectory,
                    timeLimit,
                    retries,
                    retryOnTimeout,
                    continueOnFailure,
                    condition,
                    null,
                    false);
        }
    }

    /**
     * A call of a plugin's step action.
     *
     * @param name as in {@code uses}
     * @param with inputs by name
     * @param later the inputs whose values are known only when the job starts: expressions for
     *     {@link LateValues}, by name
     */
    public record Action(String name, Map<String, String> with, Map<String, String> later) {

        @SuppressWarnings("NullAway") // Plans that an older version stored have none.
        public Action {
            later = later == null ? Map.of() : later;
        }

        /** Makes a call whose inputs are all known. */
        public Action(String name, Map<String, String> with) {
            this(name, with, Map.of());
        }
    }

    /**
     * Whether something runs, and why.
     *
     * @param expression as written; empty where none is, which means: if nothing failed before
     * @param verdict what is known at plan time
     * @param explanation the expression with its values, such as {@code branch == "main" with
     *     branch = "dev"}; empty where there is no expression
     * @param open what is left of the expression for facts of the run to decide; empty unless
     *     DEFERRED
     */
    public record Condition(String expression, Verdict verdict, String explanation, String open) {

        /** Makes a condition of which the whole expression is open if it is DEFERRED. */
        public Condition(String expression, Verdict verdict, String explanation) {
            this(expression, verdict, explanation, verdict == Verdict.DEFERRED ? expression : "");
        }

        /** No condition: runs if nothing failed before. */
        public static final Condition NONE = new Condition("", Verdict.RUNS, "");

        /** What is known of a condition at plan time. */
        public enum Verdict {
            RUNS,
            SKIPPED,
            /** Needs facts of the run, such as {@code failure()}: see {@link Conditions}. */
            DEFERRED
        }
    }

    /**
     * Files to keep under one name.
     *
     * @param name unique in the job
     * @param paths globs relative to the workspace
     * @param when to keep them
     * @param retentionDays or null, which leaves it to the server
     */
    public record Artifact(
            String name, List<String> paths, When when, @Nullable Integer retentionDays) {

        /** By the job's outcome. */
        public enum When {
            ON_SUCCESS,
            ON_FAILURE,
            ALWAYS
        }
    }

    /**
     * An artifact of earlier jobs to put into the workspace.
     *
     * @param jobs ids of jobs; empty means all that this job needs, directly or not
     * @param pattern a glob over artifact names
     * @param directory relative to the workspace where the files go; empty means the workspace
     */
    public record ArtifactNeed(List<String> jobs, String pattern, String directory) {}

    /**
     * What one attempt may use.
     *
     * @param cpus cores, above 0
     * @param memoryBytes above 0
     * @param network whether it may reach any network
     */
    public record Resources(double cpus, long memoryBytes, boolean network) {

        /** One core, 512 MiB, with network (requirements EXEC-024). */
        public static final Resources DEFAULT = new Resources(1.0, 512L << 20, true);
    }
}
