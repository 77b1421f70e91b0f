package io.headrace.engine;

import io.headrace.api.ArtifactStore;
import io.headrace.api.Executor;
import io.headrace.api.ScmProvider;
import io.headrace.api.StepAction;
import io.headrace.engine.plugin.ExtensionKind;
import io.headrace.engine.plugin.Plugins;
import java.util.List;
import java.util.Optional;

/** The extensions of the plugins that are started. */
record PluginExtensions(Plugins plugins) implements Extensions {

    @Override
    public Optional<Executor> executor(String type) {
        return plugins.executor(type);
    }

    @Override
    public List<Executor> executors() {
        return plugins.names(ExtensionKind.EXECUTOR).stream()
                .flatMap(name -> plugins.executor(name).stream())
                .toList();
    }

    @Override
    public Optional<ScmProvider> scm(String type) {
        return plugins.scm(type);
    }

    @Override
    public Optional<StepAction> action(String name) {
        return plugins.action(name);
    }

    @Override
    public Optional<ArtifactStore> artifactStore(String type) {
        return plugins.artifactStore(type);
    }
}
