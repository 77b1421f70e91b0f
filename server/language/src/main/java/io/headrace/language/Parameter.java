package io.headrace.language;

import io.headrace.language.yaml.Mark;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that whoever starts a run may give.
 *
 * @param defaultValue used where none is given; null if there is no default
 * @param required whether a run without it is refused
 * @param pattern that the whole value must match, or null
 * @param choices the only values allowed, or empty if any is
 * @param mark where it is declared
 */
public record Parameter(
        String name,
        Type type,
        @Nullable String defaultValue,
        boolean required,
        @Nullable Pattern pattern,
        List<String> choices,
        Mark mark) {

    /** What a value may be. */
    public enum Type {
        STRING,
        NUMBER,
        BOOLEAN
    }

    public Parameter {
        choices = List.copyOf(choices);
    }
}
