package io.headrace.engine.plugin;

import java.util.Collection;
import java.util.Map;

/** Keeps what administrators decided about plugins. */
public interface PluginRecords {

    /** Returns the ids of the plugins that are disabled. */
    Collection<String> disabled();

    void setDisabled(String plugin, boolean disabled);

    /**
     * Returns the values given to an extension's settings, secrets included.
     *
     * @param extension the plugin's id, a slash and the extension's class name
     */
    Map<String, String> settings(String extension);

    void setSettings(String extension, Map<String, String> values);
}
