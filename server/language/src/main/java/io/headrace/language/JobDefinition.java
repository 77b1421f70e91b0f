package io.headrace.language;

import io.headrace.language.yaml.Mark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as written; its keys are those of {@link Plan.Job}.
 *
 * @param key its name
 * @param stage or null
 * @param needs what it waits for, without its stage
 * @param condition or null
 * @param matrix or null
 * @param image or null
 * @param executor or null
 * @param platform labels that are in lower case once they have their values
 * @param priority or null, which leaves it to the event
 */
public record JobDefinition(
        String key,
        Mark mark,
        @Nullable Text stage,
        List<Need> needs,
        @Nullable Guard condition,
        @Nullable Matrix matrix,
        @Nullable Text image,
        @Nullable String executor,
        String pool,
        List<Text> labels,
        List<Text> platform,
        Map<String, Text> environment,
        List<String> secrets,
        Duration timeLimit,
        int retries,
        boolean retryOnTimeout,
        boolean continueOnFailure,
        boolean checkout,
        @Nullable Integer priority,
        List<ArtifactDefinition> artifacts,
        List<ArtifactNeedDefinition> artifactNeeds,
        Plan.Resources resources,
        List<StepDefinition> steps,
        JobTerms terms,
        List<CacheDefinition> caches,
        List<LockDefinition> locks) {

    /** What it must have for itself: see {@link JobTerms.Lock}. */
    public record LockDefinition(Text name, int slots, boolean ofServer) {}

    /** Files to keep from one run to the next: see {@link JobTerms.Cache}. */
    public record CacheDefinition(Text key, List<Text> paths, Plan.Artifact.When when) {}

    /** Returns the same job as that of a phase of a project. */
    JobDefinition ofProject(
            Text ofStage,
            JobTerms ofProject,
            Map<String, Text> variables,
            List<ArtifactDefinition> kept,
            List<StepDefinition> inFolder) {
        return new JobDefinition(
                key,
                mark,
                ofStage,
                needs,
                condition,
                matrix,
                image,
                executor,
                pool,
                labels,
                platform,
                variables,
                secrets,
                timeLimit,
                retries,
                retryOnTimeout,
                continueOnFailure,
                checkout,
                priority,
                kept,
                artifactNeeds,
                resources,
                inFolder,
                ofProject,
                caches,
                locks);
    }

    /**
     * Another job that this one waits for.
     *
     * @param name a job's key, or the id or name of one variant of it
     */
    public record Need(String name, Mark mark) {}

    /** Files to keep: see {@link Plan.Artifact}. */
    public record ArtifactDefinition(
            String name,
            List<Text> paths,
            Plan.Artifact.When when,
            @Nullable Integer retentionDays,
            Mark mark) {}

    /**
     * An artifact to fetch: see {@link Plan.ArtifactNeed}.
     *
     * @param job a job's key, or null for all that this one needs
     * @param directory or null, which means the workspace
     */
    public record ArtifactNeedDefinition(
            @Nullable String job, String pattern, @Nullable Text directory, Mark mark) {}
}
