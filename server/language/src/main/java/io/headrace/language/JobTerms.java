package io.headrace.language;

import io.headrace.language.PlanTerms.RetryPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job asks for beside what every job has. Immutable.
 *
 * @param project the project of the repository that it works for, or null
 * @param phase of the project, or null
 * @param type which queue it belongs to
 * @param failFast whether the first failed variant of its matrix cancels the others
 * @param approval who has to approve its start, or null if nobody has to
 * @param caches to restore before and to save after the steps
 * @param executorSettings of the executor, by name
 * @param restrictedNetwork whether it may reach named hosts only
 * @param locks that it must have while it runs
 * @param gpus number of GPUs
 * @param diskBytes or 0, which leaves it to the worker
 * @param retryPolicy or null, which leaves it to the pipeline
 */
public record JobTerms(
        @Nullable String project,
        @Nullable String phase,
        Type type,
        boolean failFast,
        @Nullable Approval approval,
        List<Cache> caches,
        Map<String, String> executorSettings,
        boolean restrictedNetwork,
        int gpus,
        long diskBytes,
        @Nullable RetryPolicy retryPolicy,
        List<Lock> locks) {

    /** What a job asks for that says nothing else. */
    public static final JobTerms NONE =
            new JobTerms(
                    null, null, Type.CI, false, null, List.of(), Map.of(), false, 0, 0, null,
                    List.of());

    @SuppressWarnings("NullAway") // Plans that an older version stored have none.
    public JobTerms {
        locks = locks == null ? List.of() : List.copyOf(locks);
        caches = List.copyOf(caches);
        executorSettings = Collections.unmodifiableMap(new LinkedHashMap<>(executorSettings));
    }

    /** Queues (model 4). */
    public enum Type {
        CI,
        DISCOVERY,
        ARTIFACT,
        RELEASE,
        DEPLOYMENT
    }

    /**
     * A gate.
     *
     * @param approvers users or roles, any of whom may approve; empty means whoever may run it
     * @param timeout after which it is cancelled
     */
    public record Approval(List<String> approvers, Duration timeout) {

        public Approval {
            approvers = List.copyOf(approvers);
        }
    }

    /**
     * Files that are kept from one run to the next.
     *
     * @param key may hold {@code {{ hashFiles('file') }}}, which the worker replaces
     * @param paths relative to the workspace
     */
    public record Cache(String key, List<String> paths, Plan.Artifact.When when) {

        public Cache {
            paths = List.copyOf(paths);
        }
    }

    /**
     * A thing that only so many jobs may use at a time.
     *
     * @param name 1 to 200 characters, without control characters
     * @param slots how many jobs may have it, this one included, 1 to 1000
     * @param ofServer whether jobs of all projects share it, and not only those of one
     */
    public record Lock(String name, int slots, boolean ofServer) {}

    /** Returns the terms of the same job as a project's. */
    JobTerms of(String owner, String ofPhase) {
        return new JobTerms(
                owner,
                ofPhase,
                type,
                failFast,
                approval,
                caches,
                executorSettings,
                restrictedNetwork,
                gpus,
                diskBytes,
                retryPolicy,
                locks);
    }

    JobTerms with(List<Cache> others, List<Lock> ofJob) {
        return new JobTerms(
                project,
                phase,
                type,
                failFast,
                approval,
                others,
                executorSettings,
                restrictedNetwork,
                gpus,
                diskBytes,
                retryPolicy,
                ofJob);
    }
}
