package io.headrace.engine.retry;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something outside that jobs need, and that fails for all of them at once.
 *
 * @param name in lower case, such as {@code docker} or {@code git.example.com}
 */
public record Dependency(Kind kind, String name) implements Comparable<Dependency> {

    /** What it does for jobs. */
    public enum Kind {
        /** Gives jobs their place, such as a Docker engine; named by the executor's type. */
        EXECUTOR,
        /** Keeps images; named by its host. */
        REGISTRY,
        /** Keeps sources; named by its host. */
        SOURCES,
        /** Keeps artifacts; named by the store's type. */
        ARTIFACTS
    }

    private static final Pattern NAME = Pattern.compile("[a-z0-9._:\\[\\]-]{1,200}");

    public Dependency {
        name = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a dependency: " + name);
        }
    }

    /** Returns the form that addresses and the database use, such as {@code executor:docker}. */
    public String key() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
    }

    /**
     * Reads what {@link #key} wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Dependency parse(String key) {
        var colon = key.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("no dependency: " + key);
        }
        return new Dependency(
                Kind.valueOf(key.substring(0, colon).toUpperCase(Locale.ROOT)),
                key.substring(colon + 1));
    }

    /** Returns what people call it, such as {@code the registry 'ghcr.io'}. */
    public String words() {
        return switch (kind) {
            case EXECUTOR -> "the executor '%s'".formatted(name);
            case REGISTRY -> "the registry '%s'".formatted(name);
            case SOURCES -> "the host of sources '%s'".formatted(name);
            case ARTIFACTS -> "the artifact store '%s'".formatted(name);
        };
    }

    @Override
    public int compareTo(Dependency other) {
        return key().compareTo(other.key());
    }
}
