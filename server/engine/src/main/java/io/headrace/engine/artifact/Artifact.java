package io.headrace.engine.artifact;

import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that a job left behind under a name.
 *
 * @param name the artifact's name in the pipeline; several files may share it
 * @param path relative to the workspace, with {@code /} between names
 * @param sha256 64 lower-case hexadecimal digits
 * @param size in bytes
 * @param contentType a media type, guessed from the name
 * @param executable whether its owner may run it, as programs and scripts
 * @param consumable whether later jobs may use it; false for what a failed job left
 * @param expiresAt when its bytes are deleted, if the pipeline says so; null leaves that to the
 *     server's {@link io.headrace.engine.Retention}
 * @param expired whether its bytes are gone since its time was over; only the name is left
 */
public record Artifact(
        ArtifactId id,
        RunId run,
        JobId job,
        AttemptId attempt,
        String jobKey,
        String name,
        String path,
        String sha256,
        long size,
        String contentType,
        boolean executable,
        boolean consumable,
        Instant createdAt,
        @Nullable Instant expiresAt,
        boolean expired) {}
