package io.headrace.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Setting} whose expressions have no values yet.
 *
 * @param text of a scalar; null for lists and maps
 */
public record SettingDefinition(
        @Nullable Text text, List<SettingDefinition> items, Map<String, SettingDefinition> fields) {

    static final SettingDefinition EMPTY = list(List.of());

    public SettingDefinition {
        items = List.copyOf(items);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static SettingDefinition of(Text text) {
        return new SettingDefinition(text, List.of(), Map.of());
    }

    static SettingDefinition list(List<SettingDefinition> items) {
        return new SettingDefinition(null, items, Map.of());
    }

    static SettingDefinition map(Map<String, SettingDefinition> fields) {
        return new SettingDefinition(null, List.of(), fields);
    }

    /** Gives expressions their values. */
    Setting resolve(Function<Text, String> values) {
        var resolved = new LinkedHashMap<String, Setting>();
        fields.forEach((name, field) -> resolved.put(name, field.resolve(values)));
        return new Setting(
                text == null ? null : values.apply(text),
                items.stream().map(item -> item.resolve(values)).toList(),
                resolved);
    }

    /** Returns the text of a key as written, or null if there is none. */
    @Nullable String written(String key) {
        var field = fields.get(key);
        return field == null || field.text() == null ? null : field.text().value();
    }

    /** Returns the texts of a list as written. */
    List<String> texts(String key) {
        var field = fields.get(key);
        return field == null
                ? List.of()
                : field.items().stream()
                        .map(item -> item.text() == null ? "" : item.text().value())
                        .toList();
    }

    boolean truth(String key) {
        return "true".equals(written(key));
    }
}
