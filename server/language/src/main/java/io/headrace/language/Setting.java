package io.headrace.language;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checked value of a pipeline file, for whoever carries it out: keys have their canonical names,
 * defaults are filled in, expressions are replaced. Immutable.
 *
 * @param text of a scalar; null for lists and maps
 * @param items of a list
 * @param fields of a map, by canonical name
 */
public record Setting(@Nullable String text, List<Setting> items, Map<String, Setting> fields) {

    public Setting {
        items = List.copyOf(items);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static Setting of(String text) {
        return new Setting(text, List.of(), Map.of());
    }

    /** Tells whether a map has a value for {@code key}. */
    public boolean has(String key) {
        return fields.containsKey(key);
    }

    /**
     * Returns the value of a key.
     *
     * @throws IllegalArgumentException if there is none: ask {@link #has} where the schema says
     *     neither required nor a default
     */
    public Setting at(String key) {
        var value = fields.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no setting '%s' here".formatted(key));
        }
        return value;
    }

    /** Returns the text of a key. */
    public String text(String key) {
        var value = at(key).text();
        if (value == null) {
            throw new IllegalArgumentException("the setting '%s' is no text".formatted(key));
        }
        return value;
    }

    /** Returns the whole number of a key. */
    public int number(String key) {
        return Integer.parseInt(text(key));
    }

    /** Returns the number of a key. */
    public BigDecimal decimal(String key) {
        return new BigDecimal(text(key));
    }

    /** Returns the truth of a key; false where there is none. */
    public boolean truth(String key) {
        return has(key) && text(key).equals("true");
    }

    /** Returns the texts of a key's list; empty where there is none. */
    public List<String> texts(String key) {
        return has(key)
                ? at(key).items().stream()
                        .map(item -> item.text() == null ? "" : item.text())
                        .toList()
                : List.of();
    }
}
