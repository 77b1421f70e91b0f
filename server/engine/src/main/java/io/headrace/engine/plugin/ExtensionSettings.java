package io.headrace.engine.plugin;

import io.headrace.api.SettingsSchema;
import java.util.Map;
import java.util.Set;

/**
 * The settings of an extension as an administrator may see them.
 *
 * @param extension the {@link PluginInfo.ExtensionInfo#id()}
 * @param values as they were given, without defaults; never a secret
 * @param secretsSet names of the secrets that have a value
 */
public record ExtensionSettings(
        String extension,
        SettingsSchema schema,
        Map<String, String> values,
        Set<String> secretsSet) {

    public ExtensionSettings {
        values = Map.copyOf(values);
        secretsSet = Set.copyOf(secretsSet);
    }
}
