package io.headrace.web.run;

import io.headrace.engine.artifact.Artifact;
import java.time.Instant;

/**
 * A file that a job left behind.
 *
 * @param name the artifact's name in the pipeline; several files may share it
 * @param job the job's key in the plan
 * @param size in bytes
 * @param executable whether its owner may run it, as programs and scripts
 * @param consumable whether later jobs may use it
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
        Instant createdAt) {

    static ArtifactView of(Artifact artifact) {
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
                artifact.createdAt());
    }
}
