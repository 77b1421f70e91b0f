package io.headrace.engine.run;

import io.headrace.engine.artifact.ArtifactId;
import io.headrace.engine.project.ProjectId;
import io.headrace.language.PipelineProblem;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to be accepted.
 *
 * @param event what it runs for
 * @param message first line of the commit's message
 * @param idempotencyKey unique in its project, 1 to 200 characters; null means none
 * @param plan null if there is none: the run is {@code ERRORED} at once then
 * @param reason of a run without a plan
 * @param rerunOf the run that this one repeats, or null
 * @param kept by key, jobs that are not run again: they take over the state {@code SUCCEEDED} or
 *     {@code SKIPPED}, and the artifacts, of the job given. Empty unless {@code rerunOf} is given
 */
public record NewRun(
        RunId id,
        ProjectId project,
        PlanEvent event,
        String message,
        String author,
        String triggeredBy,
        @Nullable String idempotencyKey,
        @Nullable Plan plan,
        List<PipelineProblem> problems,
        String reason,
        @Nullable RunId rerunOf,
        Map<String, Kept> kept) {

    /**
     * A job whose result is taken over.
     *
     * @param job that ran
     * @param status {@code SUCCEEDED} or {@code SKIPPED}
     * @param artifacts ids for the copies of its artifacts, in the order of {@link
     *     io.headrace.engine.artifact.ArtifactCatalog#ofJob}
     */
    public record Kept(JobId job, Status status, List<ArtifactId> artifacts) {}
}
