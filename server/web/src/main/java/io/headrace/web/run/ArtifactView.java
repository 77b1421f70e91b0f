package io.headrace.web.run;

import io.headrace.engine.artifact.Artifact;
import io.headrace.engine.artifact.Artifacts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that a job left behind.
 *
 * @param name the artifact's name in the pipeline; several files may share it
 * @param job the job's key in the plan
 * @param size in bytes
 * @param executable whether its owner may run it, as programs and scripts
 * @param consumable whether later jobs may use it
 * @param expiresAt when its content is deleted, or was; left out if it is kept for ever
 * @param expired whether its content is deleted
 */
public record ArtifactView(
        String id,
        String name,
        String path,
        String run,
        String job,
        String attempt,
        String sha256,
        long size,
        String contentType,
        boolean executable,
        boolean consumable,
        Instant createdAt,
        @Nullable Instant expiresAt,
        boolean expired) {

    static ArtifactView of(Artifacts artifacts, Artifact artifact) {
        return new ArtifactView(
                artifact.id().toString(),
                artifact.name(),
                artifact.path(),
                artifact.run().toString(),
                artifact.jobKey(),
                artifact.attempt().toString(),
                artifact.sha256(),
                artifact.size(),
                artifact.contentType(),
                artifact.executable(),
                artifact.consumable(),
                artifact.createdAt(),
                artifacts.expiry(artifact),
                artifact.expired());
    }
}
