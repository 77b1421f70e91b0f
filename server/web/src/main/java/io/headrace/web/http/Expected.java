package io.headrace.web.http;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Says, to those who sent something else, what JSON a type is read from. */
final class Expected {

    /** Examples go no deeper; nothing that we read does. */
    private static final int DEEPEST = 4;

    private Expected() {}

    /** Returns words such as {@code a whole number}. */
    static String of(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (isNumber(type)) {
            return "a number";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list, such as [\"…\", \"…\"]";
        }
        return type == Instant.class
                ? "a time, such as " + example(type, 0)
                : "an object, such as " + example(type, 0);
    }

    private static boolean isNumber(Class<?> type) {
        return Number.class.isAssignableFrom(type)
                || (type.isPrimitive() && type != boolean.class && type != char.class);
    }

    private static String example(Type generic, int depth) {
        var type =
                generic instanceof ParameterizedType parameterized
                        ? (Class<?>) parameterized.getRawType()
                        : generic instanceof Class<?> plain ? plain : Object.class;
        if (type == Instant.class) {
            return "\"2026-01-31T12:00:00Z\"";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true";
        }
        if (isNumber(type)) {
            return "1";
        }
        if (type.isRecord() && depth < DEEPEST) {
            return Arrays.stream(type.getRecordComponents())
                    .map(component -> example(component, depth))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (Map.class.isAssignableFrom(type)) {
            return "{\"NAME\": \"…\"}";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "[\"…\"]";
        }
        return type.isRecord() ? "{}" : "\"…\"";
    }

    private static String example(RecordComponent component, int depth) {
        return "\"%s\": %s"
                .formatted(component.getName(), example(component.getGenericType(), depth + 1));
    }
}
