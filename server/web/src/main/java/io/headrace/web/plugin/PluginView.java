package io.headrace.web.plugin;

import io.headrace.api.Setting;
import io.headrace.engine.plugin.ExtensionKind;
import io.headrace.engine.plugin.ExtensionSettings;
import io.headrace.engine.plugin.PluginInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plugin.
 *
 * @param reason why it failed, and what to do
 * @param size of the zip, in bytes
 */
public record PluginView(
        String id,
        String version,
        String description,
        String provider,
        PluginInfo.Origin origin,
        PluginInfo.State state,
        @Nullable String reason,
        List<ExtensionView> extensions,
        boolean hasUi,
        long size,
        String sha256,
        List<String> dependencies,
        List<String> warnings,
        UsageView usage) {

    /** An extension of a plugin; {@code id} is the plugin's id, a slash and the class name. */
    public record ExtensionView(
            String id,
            ExtensionKind kind,
            String name,
            @Nullable String problem,
            boolean configurable) {}

    /** How much a plugin was used since it was started. */
    public record UsageView(long calls, long errors, long millis) {}

    static PluginView of(PluginInfo plugin) {
        return new PluginView(
                plugin.id(),
                plugin.version(),
                plugin.description(),
                plugin.provider(),
                plugin.origin(),
                plugin.state(),
                plugin.reason(),
                plugin.extensions().stream()
                        .map(e ->
                                new ExtensionView(
                                        e.id(), e.kind(), e.name(), e.problem(), e.configurable()))
                        .toList(),
                plugin.hasUi(),
                plugin.size(),
                plugin.sha256(),
                plugin.dependencies(),
                plugin.warnings(),
                new UsageView(
                        plugin.usage().calls(),
                        plugin.usage().errors(),
                        plugin.usage().time().toMillis()));
    }

    /**
     * The settings of an extension.
     *
     * @param values as they were given, without defaults and secrets
     * @param secretsSet names of the secrets that have a value
     */
    public record SettingsView(
            String extension,
            List<Setting> schema,
            Map<String, String> values,
            Set<String> secretsSet) {

        static SettingsView of(ExtensionSettings settings) {
            return new SettingsView(
                    settings.extension(),
                    settings.schema().settings(),
                    settings.values(),
                    settings.secretsSet());
        }
    }
}
