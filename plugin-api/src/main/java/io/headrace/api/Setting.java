package io.headrace.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value that an administrator can set.
 *
 * @param name dashed lower-case key, such as {@code max-size}; unique in its schema
 * @param type how the text is read and which field the form shows
 * @param defaultValue the text used where none is given; null means that there is no value then
 * @param required whether the plugin can't work without a value
 * @param min smallest number allowed (INTEGER: the number, DURATION: seconds), or null
 * @param max largest number allowed, counted like {@code min}, or null
 * @param choices the allowed texts of a CHOICE, empty for all other types
 * @param help one sentence that the form shows
 */
public record Setting(
        String name,
        Type type,
        @Nullable String defaultValue,
        boolean required,
        @Nullable Long min,
        @Nullable Long max,
        List<String> choices,
        String help) {

    /** How a setting's text is read. */
    public enum Type {
        TEXT,
        INTEGER,
        BOOLEAN,
        /** ISO-8601, such as {@code PT30S}, or a whole number of seconds. */
        DURATION,
        /** Kept apart from other values, encrypted, never shown again. */
        SECRET,
        CHOICE
    }

    public Setting {
        choices = List.copyOf(choices);
    }

    public static Setting text(String name, @Nullable String defaultValue, String help) {
        return new Setting(name, Type.TEXT, defaultValue, false, null, null, List.of(), help);
    }

    public static Setting integer(String name, long defaultValue, long min, long max, String help) {
        return new Setting(
                name, Type.INTEGER, Long.toString(defaultValue), false, min, max, List.of(), help);
    }

    public static Setting flag(String name, boolean defaultValue, String help) {
        return new Setting(
                name,
                Type.BOOLEAN,
                Boolean.toString(defaultValue),
                false,
                null,
                null,
                List.of(),
                help);
    }

    public static Setting secret(String name, String help) {
        return new Setting(name, Type.SECRET, null, false, null, null, List.of(), help);
    }

    public static Setting choice(
            String name, String defaultValue, List<String> choices, String help) {
        return new Setting(name, Type.CHOICE, defaultValue, false, null, null, choices, help);
    }

    /** Returns this setting, marked as one that the plugin can't work without. */
    public Setting mandatory() {
        return new Setting(name, type, defaultValue, true, min, max, choices, help);
    }
}
