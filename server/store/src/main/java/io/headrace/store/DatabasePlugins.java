package io.headrace.store;

import io.headrace.engine.plugin.PluginRecords;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Administrators' decisions about plugins, in a database. */
final class DatabasePlugins implements PluginRecords {

    private final Core core;

    DatabasePlugins(Core core) {
        this.core = core;
    }

    @Override
    public Collection<String> disabled() {
        return core.readers()
                .read(sql ->
                        sql.list(
                                "select plugin_id from plugin_disabled order by plugin_id",
                                row -> row.text(1)));
    }

    @Override
    public void setDisabled(String plugin, boolean disabled) {
        core.writer()
                .change(transaction -> {
                    var sql = transaction.sql();
                    sql.update("delete from plugin_disabled where plugin_id = ?", plugin);
                    if (disabled) {
                        sql.update("insert into plugin_disabled values (?)", plugin);
                    }
                    return disabled;
                });
    }

    @Override
    public Map<String, String> settings(String extension) {
        var settings = new LinkedHashMap<String, String>();
        core.readers()
                .read(sql ->
                        sql.list(
                                "select name, content from plugin_setting"
                                        + " where extension = ? order by name",
                                row -> Map.entry(row.text(1), row.text(2)),
                                extension))
                .forEach(setting -> settings.put(setting.getKey(), setting.getValue()));
        return settings;
    }

    @Override
    public void setSettings(String extension, Map<String, String> values) {
        var given = Map.copyOf(values);
        core.writer()
                .change(transaction -> {
                    var sql = transaction.sql();
                    sql.update("delete from plugin_setting where extension = ?", extension);
                    for (var value : given.entrySet()) {
                        sql.update(
                                "insert into plugin_setting (extension, name, content)"
                                        + " values (?, ?, ?)",
                                extension,
                                value.getKey(),
                                value.getValue());
                    }
                    return true;
                });
    }
}
