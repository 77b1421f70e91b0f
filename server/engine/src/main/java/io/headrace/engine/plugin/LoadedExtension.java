package io.headrace.engine.plugin;

import io.headrace.api.Configurable;
import io.headrace.api.SettingsSchema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An extension of a plugin that runs. One class can be of several kinds; it has one instance and
 * one set of settings all the same.
 */
final class LoadedExtension {

    private final String id;
    private final Configurable instance;
    private final SettingsSchema schema;
    private final Map<ExtensionKind, String> names;
    private final @Nullable Page page;
    private volatile @Nullable String unconfigured;

    /**
     * @param id the plugin's id, a slash and the class name
     * @param names by which it is selected
     * @param page what it says of its page if it is one, or null
     * @param unconfigured what is wrong with its settings, or null
     */
    LoadedExtension(
            String id,
            Configurable instance,
            SettingsSchema schema,
            Map<ExtensionKind, String> names,
            @Nullable Page page,
            @Nullable String unconfigured) {
        this.id = id;
        this.instance = instance;
        this.schema = schema;
        this.names = Map.copyOf(names);
        this.page = page;
        this.unconfigured = unconfigured;
    }

    String id() {
        return id;
    }

    Configurable instance() {
        return instance;
    }

    SettingsSchema schema() {
        return schema;
    }

    Map<ExtensionKind, String> names() {
        return names;
    }

    @Nullable Page page() {
        return page;
    }

    /** Returns why it can't be called before its settings are set right, or null if it can. */
    @Nullable String unconfigured() {
        return unconfigured;
    }

    void configured() {
        unconfigured = null;
    }
}
