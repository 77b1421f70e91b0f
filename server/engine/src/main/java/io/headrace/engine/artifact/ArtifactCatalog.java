package io.headrace.engine.artifact;

import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of artifacts; their bytes are in an {@link io.headrace.api.ArtifactStore}. */
public interface ArtifactCatalog {

    /** Adds all of {@code artifacts} or none. */
    void add(Collection<Artifact> artifacts);

    Optional<Artifact> find(ArtifactId id);

    /** Lists by job, name and path. */
    List<Artifact> ofRun(RunId run);

    /** Lists by name and path. */
    List<Artifact> ofJob(JobId job);

    /**
     * Notes up to {@code limit} artifacts as expired whose time is over, of runs that are over too.
     *
     * @param madeBefore those that have no time of their own are over if they were made before it;
     *     null means that they are kept for ever
     * @return a hash for each that was noted; others may have the same bytes
     */
    List<String> expire(Instant now, @Nullable Instant madeBefore, int limit);

    /** Returns whether any artifact that has not expired has these bytes. */
    boolean refersTo(String sha256);
}
