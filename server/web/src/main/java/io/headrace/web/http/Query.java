package io.headrace.web.http;

import io.headrace.engine.Refused;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads values from query and path. What is wrong with one is a {@link Refused}. */
public final class Query {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1000;

    private Query() {}

    /** Reads how many items a page has: 1 to 1000, 50 if nothing is given. */
    public static int limit(@Nullable String text) {
        return (int) number("limit", text, DEFAULT_LIMIT, 1, MAX_LIMIT);
    }

    /** Reads a whole number. */
    public static long number(
            String name, @Nullable String text, long byDefault, long min, long max) {
        if (text == null || text.isEmpty()) {
            return byDefault;
        }
        try {
            var number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, together with numbers that are out of range.
        }
        throw Refused.invalid(
                "'%s' is '%s'; use a whole number from %d to %d".formatted(name, text, min, max));
    }

    /** Reads {@code true} or {@code false}; the latter if nothing is given. */
    public static boolean flag(String name, @Nullable String text) {
        return switch (text) {
            case "true" -> true;
            case "false", "" -> false;
            case null -> false;
            default ->
                    throw Refused.invalid("'%s' is '%s'; use true or false".formatted(name, text));
        };
    }

    /** Reads the name of a constant, whatever the case. */
    public static <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
        for (var constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text.strip())) {
                return constant;
            }
        }
        throw Refused.invalid(
                "'%s' is '%s'; use one of %s"
                        .formatted(
                                name,
                                text,
                                Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
    }

    /** Reads a value with a parser that throws {@link IllegalArgumentException}. */
    public static <T> @Nullable T value(
            String name, @Nullable String text, Function<String, T> parser) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new Refused(Refused.Why.INVALID, "'%s': %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Reads an id from a path; whatever can't be one is of something that does not exist. */
    public static <T> T id(String what, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new Refused(
                    Refused.Why.NOT_FOUND, "There is no %s '%s'".formatted(what, text), e);
        }
    }

    /** Returns the body. */
    public static <T> T body(@Nullable T body) {
        return Optional.ofNullable(body)
                .orElseThrow(() -> Refused.invalid("The request has no body; send JSON"));
    }

    /** Returns the value of a field that can't be left out. */
    public static <T> T field(String name, @Nullable T value) {
        return Optional.ofNullable(value)
                .orElseThrow(() -> Refused.invalid("The field '%s' is missing".formatted(name)));
    }
}
