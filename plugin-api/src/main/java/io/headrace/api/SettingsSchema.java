package io.headrace.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one extension. The server draws the form from it, checks values by it, and offers
 * the same over REST and configuration as code.
 */
public record SettingsSchema(List<Setting> settings) {

    /** No settings. */
    public static final SettingsSchema NONE = new SettingsSchema(List.of());

    public SettingsSchema {
        settings = List.copyOf(settings);
    }

    public static SettingsSchema of(Setting... settings) {
        return new SettingsSchema(List.of(settings));
    }

    /**
     * Checks {@code given} and fills in the defaults.
     *
     * @throws IllegalArgumentException naming every wrong value, with what would be right
     */
    public Settings check(Map<String, String> given) {
        var problems = new ArrayList<String>();
        var values = new LinkedHashMap<String, String>();
        for (var setting : settings) {
            var text = given.containsKey(setting.name()) ? given.get(setting.name()) : null;
            if (text == null || text.isBlank()) {
                text = setting.defaultValue();
            }
            if (text == null) {
                if (setting.required()) {
                    problems.add("'" + setting.name() + "' is missing: " + setting.help());
                }
                continue;
            }
            var problem = problemWith(setting, text);
            if (problem != null) {
                problems.add(problem);
            }
            values.put(setting.name(), text);
        }
        for (var name : given.keySet()) {
            if (settings.stream().noneMatch(setting -> setting.name().equals(name))) {
                problems.add("'" + name + "' is not a setting; known are: " + names());
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new Settings(values);
    }

    private static @Nullable String problemWith(Setting setting, String text) {
        return switch (setting.type()) {
            case TEXT, SECRET -> null;
            case BOOLEAN ->
                    text.equals("true") || text.equals("false")
                            ? null
                            : "'" + setting.name() + "' is '" + text + "'; use true or false";
            case CHOICE ->
                    setting.choices().contains(text)
                            ? null
                            : "'%s' is '%s'; use one of %s"
                                    .formatted(setting.name(), text, setting.choices());
            case INTEGER -> outOfRange(setting, text, wholeNumber(text));
            case DURATION -> outOfRange(setting, text, seconds(text));
        };
    }

    private static @Nullable String outOfRange(
            Setting setting, String text, @Nullable Long number) {
        var min = setting.min();
        var max = setting.max();
        if (number == null) {
            return "'%s' is '%s'; use a %s"
                    .formatted(
                            setting.name(),
                            text,
                            setting.type() == Setting.Type.INTEGER
                                    ? "whole number"
                                    : "number of seconds, or a duration such as PT30S");
        }
        if ((min != null && number < min) || (max != null && number > max)) {
            return "'%s' is %s; use a value from %s to %s"
                    .formatted(
                            setting.name(),
                            text,
                            min == null ? "any" : min,
                            max == null ? "any" : max);
        }
        return null;
    }

    private static @Nullable Long wholeNumber(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static @Nullable Long seconds(String text) {
        var number = wholeNumber(text);
        if (number != null) {
            return number;
        }
        try {
            return Duration.parse(text.strip()).toSeconds();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private String names() {
        return settings.stream().map(Setting::name).collect(Collectors.joining(", "));
    }
}
