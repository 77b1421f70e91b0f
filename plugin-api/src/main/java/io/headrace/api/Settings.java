package io.headrace.api;

import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/** Checked values of settings, by name. Its text form names the settings but never their values. */
public final class Settings {

    /** No values. */
    public static final Settings NONE = new Settings(Map.of());

    private final Map<String, String> values;

    public Settings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * Returns the text of {@code name}.
     *
     * @throws NoSuchElementException if it has neither a value nor a default
     */
    public String text(String name) {
        return find(name)
                .orElseThrow(
                        () -> new NoSuchElementException("Setting '" + name + "' has no value"));
    }

    public long integer(String name) {
        return Long.parseLong(text(name).strip());
    }

    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name).strip());
    }

    public Duration duration(String name) {
        return Duration.ofSeconds(Objects.requireNonNull(SettingsSchema.seconds(text(name))));
    }

    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }
}
