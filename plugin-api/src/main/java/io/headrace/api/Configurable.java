package io.headrace.api;

import org.pf4j.ExtensionPoint;

/**
 * What every extension point has in common: it may declare settings, and is told their values.
 *
 * <p><b>Life cycle.</b> One instance lives from plugin start to plugin stop. {@link #configure} is
 * called once before any other method but {@link #settings} and those that never change their
 * answer, such as an executor's type; and again whenever an administrator changes a value; never
 * concurrently with itself. Calls that are under way keep the old values. Where a mandatory setting
 * has no value yet, it is not called, nor is any method that does the extension's work.
 *
 * <p><b>Upgrades.</b> A new version is started before the old one is stopped, so for a while both
 * may use the data directory.
 */
public interface Configurable extends ExtensionPoint {

    /** Returns the settings that this extension understands. Never changes. */
    default SettingsSchema settings() {
        return SettingsSchema.NONE;
    }

    /**
     * Takes the values and the place where this plugin may keep files.
     *
     * @throws IllegalArgumentException if the values, each valid by the schema, don't fit together;
     *     the message is shown to the administrator
     */
    default void configure(PluginContext context) {}
}
