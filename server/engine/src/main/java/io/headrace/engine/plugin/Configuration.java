package io.headrace.engine.plugin;

import io.headrace.engine.Refused;
import io.headrace.engine.Refused.Why;
import io.headrace.engine.plugin.ExtensionHandle.Found;
import java.time.Duration;
import java.util.Map;

/**
 * Changes the settings of extensions that run: the extension first, as it may refuse, then the
 * record.
 */
final class Configuration {

    private final SettingsKeeper keeper;
    private final Duration limit;

    Configuration(SettingsKeeper keeper, Duration limit) {
        this.keeper = keeper;
        this.limit = limit;
    }

    ExtensionSettings view(Found found) {
        return keeper.view(found.extension().id(), found.extension().schema());
    }

    /**
     * Replaces settings as {@link Plugins#setSettings} says.
     *
     * @throws Refused if the values are not right; nothing is changed then
     * @throws PluginException if the extension broke; nothing is recorded then
     */
    void replace(Found found, Map<String, String> values) {
        var extension = found.extension();
        var before = keeper.stored(extension.id());
        try {
            var next = keeper.merge(extension.id(), extension.schema(), before, values);
            apply(found, next);
            store(found, before, next);
        } catch (IllegalArgumentException e) {
            throw new Refused(Why.INVALID, String.valueOf(e.getMessage()), e);
        }
        extension.configured();
    }

    private void store(Found found, Map<String, String> before, Map<String, String> next) {
        try {
            keeper.store(found.extension().id(), next);
        } catch (RuntimeException e) {
            apply(found, before);
            throw e;
        }
    }

    private void apply(Found found, Map<String, String> values) {
        var plugin = found.plugin();
        var extension = found.extension();
        String problem;
        try {
            problem =
                    Bounded.call(
                            plugin.id(),
                            "take its settings",
                            plugin.loader(),
                            limit,
                            () ->
                                    keeper.apply(
                                            extension.id(),
                                            extension.instance(),
                                            extension.schema(),
                                            values));
        } catch (Thrown e) {
            plugin.countError();
            throw new PluginException(
                    plugin.id(),
                    "The plugin '%s' broke when it was told its settings: %s"
                            .formatted(plugin.id(), Words.of(e.thrown())),
                    Words.copyOf(e.thrown()));
        }
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }
}
