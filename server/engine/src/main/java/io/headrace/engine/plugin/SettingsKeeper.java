package io.headrace.engine.plugin;

import io.headrace.api.ArtifactStore;
import io.headrace.api.Configurable;
import io.headrace.api.PluginContext;
import io.headrace.api.Setting;
import io.headrace.api.SettingsSchema;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings stored settings to extensions. Values of names that the schema does not have are kept as
 * they are: another version of the plugin may know them.
 */
final class SettingsKeeper {

    private final PluginRecords records;
    private final SettingsCipher cipher;
    private final PluginFolders folders;

    SettingsKeeper(PluginRecords records, SettingsCipher cipher, PluginFolders folders) {
        this.records = records;
        this.cipher = cipher;
        this.folders = folders;
    }

    /** Returns what is stored, secrets encrypted. */
    Map<String, String> stored(String extension) {
        return records.settings(extension);
    }

    void store(String extension, Map<String, String> values) {
        records.setSettings(extension, values);
    }

    /**
     * Gives {@code stored} to an extension; runs plugin code.
     *
     * @return what is wrong with the values, or null
     */
    @Nullable String apply(
            String extension,
            Configurable instance,
            SettingsSchema schema,
            Map<String, String> stored) {
        try {
            var settings = schema.check(opened(extension, schema, stored));
            instance.configure(new PluginContext(folder(extension, instance), settings));
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage() == null ? Words.of(e) : e.getMessage();
        }
    }

    private Path folder(String extension, Configurable instance) {
        var data = instance instanceof ArtifactStore ? folders.shared() : folders.data();
        return data.resolve(extension.substring(0, extension.indexOf('/')));
    }

    private Map<String, String> opened(
            String extension, SettingsSchema schema, Map<String, String> stored) {
        var values = new HashMap<String, String>();
        for (var setting : schema.settings()) {
            var text = stored.get(setting.name());
            if (text == null) {
                continue;
            }
            values.put(
                    setting.name(),
                    isSecret(setting) ? cipher.decrypt(purpose(extension, setting), text) : text);
        }
        return values;
    }

    /**
     * Returns what to store when an administrator gave {@code given} while {@code stored} was
     * there.
     *
     * @throws IllegalArgumentException if {@code given} has a name that the schema has not
     */
    Map<String, String> merge(
            String extension,
            SettingsSchema schema,
            Map<String, String> stored,
            Map<String, String> given) {
        var next = new HashMap<>(stored);
        var unknown = new HashSet<>(given.keySet());
        for (var setting : schema.settings()) {
            unknown.remove(setting.name());
            var text = given.get(setting.name());
            if (text == null && isSecret(setting)) {
                continue;
            }
            if (text == null || text.isBlank()) {
                next.remove(setting.name());
            } else {
                next.put(
                        setting.name(),
                        isSecret(setting)
                                ? cipher.encrypt(purpose(extension, setting), text)
                                : text);
            }
        }
        if (!unknown.isEmpty()) {
            var known = schema.settings().stream().map(Setting::name).toList();
            throw new IllegalArgumentException(
                    known.isEmpty()
                            ? "There are no settings to change here, so not " + unknown
                            : "No settings are called %s; known are %s".formatted(unknown, known));
        }
        return next;
    }

    ExtensionSettings view(String extension, SettingsSchema schema) {
        var stored = stored(extension);
        var values = new HashMap<String, String>();
        var secrets = new HashSet<String>();
        for (var setting : schema.settings()) {
            var text = stored.get(setting.name());
            if (text == null) {
                continue;
            }
            if (isSecret(setting)) {
                secrets.add(setting.name());
            } else {
                values.put(setting.name(), text);
            }
        }
        return new ExtensionSettings(extension, schema, values, secrets);
    }

    private static boolean isSecret(Setting setting) {
        return setting.type() == Setting.Type.SECRET;
    }

    private static String purpose(String extension, Setting setting) {
        return extension + "#" + setting.name();
    }
}
