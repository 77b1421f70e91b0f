package io.headrace.engine.artifact;

import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps the rows of artifacts; their bytes are in an {@link io.headrace.api.ArtifactStore}. */
public interface ArtifactCatalog {

    /** Adds all of {@code artifacts} or none. */
    void add(Collection<Artifact> artifacts);

    Optional<Artifact> find(ArtifactId id);

    /** Lists by job, name and path. */
    List<Artifact> ofRun(RunId run);

    /** Lists by name and path. */
    List<Artifact> ofJob(JobId job);

    /** Returns whether any artifact has these bytes. */
    boolean refersTo(String sha256);
}
