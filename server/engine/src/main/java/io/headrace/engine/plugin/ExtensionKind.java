package io.headrace.engine.plugin;

import io.headrace.api.AdminPage;
import io.headrace.api.ArtifactStore;
import io.headrace.api.Configurable;
import io.headrace.api.Executor;
import io.headrace.api.ScmProvider;
import io.headrace.api.StepAction;

/** The extension points that the server looks for in plugins. */
public enum ExtensionKind {
    EXECUTOR("executor", Executor.class, "type"),
    ARTIFACT_STORE("artifact store", ArtifactStore.class, "type"),
    SCM("source provider", ScmProvider.class, "type"),
    STEP_ACTION("step action", StepAction.class, "name"),
    ADMIN_PAGE("page", AdminPage.class, "path");

    private final String label;
    private final Class<? extends Configurable> type;
    private final String nameMethod;

    ExtensionKind(String label, Class<? extends Configurable> type, String nameMethod) {
        this.label = label;
        this.type = type;
        this.nameMethod = nameMethod;
    }

    /** Returns the words for people, such as {@code step action}. */
    public String label() {
        return label;
    }

    Class<? extends Configurable> type() {
        return type;
    }

    /** Returns the method of {@link #type()} that says by what name an extension is selected. */
    String nameMethod() {
        return nameMethod;
    }

    /** Asks {@code extension}, which is of this kind, by what name it is selected. */
    String nameOf(Configurable extension) {
        return switch (this) {
            case EXECUTOR -> ((Executor) extension).type();
            case ARTIFACT_STORE -> ((ArtifactStore) extension).type();
            case SCM -> ((ScmProvider) extension).type();
            case STEP_ACTION -> ((StepAction) extension).name();
            case ADMIN_PAGE -> ((AdminPage) extension).path();
        };
    }
}
