package io.headrace.engine;

import io.headrace.api.ArtifactStore;
import io.headrace.api.Executor;
import io.headrace.api.ScmProvider;
import io.headrace.api.StepAction;
import java.util.List;
import java.util.Optional;

/**
 * The extensions that are there just now. What is returned stays usable until its plugin is
 * stopped; ask again for each piece of work.
 */
public interface Extensions {

    Optional<Executor> executor(String type);

    List<Executor> executors();

    Optional<ScmProvider> scm(String type);

    Optional<StepAction> action(String name);

    Optional<ArtifactStore> artifactStore(String type);
}
