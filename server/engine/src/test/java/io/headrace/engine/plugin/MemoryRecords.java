package io.headrace.engine.plugin;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps decisions about plugins as long as the object lives. */
public final class MemoryRecords implements PluginRecords {

    private final Set<String> disabled = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, String>> settings = new ConcurrentHashMap<>();

    @Override
    public Collection<String> disabled() {
        return Set.copyOf(disabled);
    }

    @Override
    public void setDisabled(String plugin, boolean isDisabled) {
        if (isDisabled) {
            disabled.add(plugin);
        } else {
            disabled.remove(plugin);
        }
    }

    @Override
    public Map<String, String> settings(String extension) {
        return settings.getOrDefault(extension, Map.of());
    }

    @Override
    public void setSettings(String extension, Map<String, String> values) {
        settings.put(extension, Map.copyOf(values));
    }
}
