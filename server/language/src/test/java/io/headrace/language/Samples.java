package io.headrace.language;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes records of records with something in every part, and the same with one part changed. */
final class Samples {

    private static final int DEPTH = 2;

    private Samples() {}

    /** Returns a record in which nothing is null or empty. */
    static <T extends Record> T of(Class<T> type) {
        return type.cast(sample(type, new int[1], 0));
    }

    private static Object sample(Type type, int[] count, int depth) {
        int number = ++count[0];
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Map.class) {
                return isTooDeep(arguments[1], depth)
                        ? Map.of()
                        : Map.of("key" + number, sample(arguments[1], count, depth));
            }
            return isTooDeep(arguments[0], depth)
                    ? List.of()
                    : List.of(sample(arguments[0], count, depth));
        }
        var raw = (Class<?>) type;
        if (raw.isRecord()) {
            var values = new ArrayList<Object>();
            for (var component : raw.getRecordComponents()) {
                values.add(sample(component.getGenericType(), count, depth + nested(raw)));
            }
            return make(raw, values);
        }
        return leaf(raw, number);
    }

    /** A setting may hold settings, which end somewhere. */
    private static boolean isTooDeep(Type type, int depth) {
        return type == Setting.class && depth >= DEPTH;
    }

    private static int nested(Class<?> type) {
        return type == Setting.class ? 1 : 0;
    }

    private static Object leaf(Class<?> type, int number) {
        if (type == String.class) {
            return "text" + number;
        } else if (type == int.class || type == Integer.class) {
            return number;
        } else if (type == long.class) {
            return (long) number;
        } else if (type == double.class) {
            return (double) number;
        } else if (type == boolean.class) {
            return true;
        } else if (type == Duration.class) {
            return Duration.ofSeconds(number);
        } else if (type == BigDecimal.class) {
            return BigDecimal.valueOf(number);
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        throw new IllegalArgumentException("say what a sample of " + type + " is");
    }

    /** Calls {@code each} with every version that differs in one part, and where that is. */
    static <T extends Record> void variants(T value, BiConsumer<String, T> each) {
        @SuppressWarnings("unchecked") // Each is made by the constructor of the same record.
        var type = (Class<T>) value.getClass();
        variants(value, "", (where, other) -> each.accept(where, type.cast(other)));
    }

    private static void variants(Object value, String where, BiConsumer<String, Object> each) {
        switch (value) {
            case Record record -> {
                var components = record.getClass().getRecordComponents();
                var values = values(record, components);
                for (int i = 0; i < components.length; i++) {
                    int at = i;
                    var part =
                            "%s %s.%s"
                                    .formatted(
                                            where,
                                            record.getClass().getSimpleName(),
                                            components[i].getName());
                    if (components[i].getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                        each.accept(part, make(record.getClass(), with(values, at, null)));
                    }
                    variants(
                            values.get(i),
                            part,
                            (place, other) ->
                                    each.accept(
                                            place,
                                            make(record.getClass(), with(values, at, other))));
                }
            }
            case List<?> list -> {
                if (!list.isEmpty()) {
                    each.accept(where, List.of());
                }
                for (int i = 0; i < list.size(); i++) {
                    int at = i;
                    variants(
                            list.get(i),
                            where,
                            (place, other) ->
                                    each.accept(
                                            place, with(new ArrayList<Object>(list), at, other)));
                }
            }
            case Map<?, ?> map -> {
                if (!map.isEmpty()) {
                    each.accept(where, Map.of());
                }
                map.forEach((key, inner) -> {
                    each.accept(where, Map.of(key + "x", inner));
                    variants(
                            inner, where, (place, other) -> each.accept(place, Map.of(key, other)));
                });
            }
            default -> each.accept(where, changed(value));
        }
    }

    private static Object changed(Object value) {
        return switch (value) {
            case String text -> text + "x";
            case Integer number -> number + 1000;
            case Long number -> number + 1000;
            case Double number -> number + 1000;
            case Boolean truth -> !truth;
            case Duration time -> time.plusMillis(1);
            case BigDecimal number -> number.add(BigDecimal.TEN);
            case Enum<?> constant ->
                    Arrays.stream(constant.getDeclaringClass().getEnumConstants())
                            .filter(other -> other != constant)
                            .findFirst()
                            .orElseThrow();
            default -> throw new IllegalArgumentException("say what differs from " + value);
        };
    }

    private static List<@Nullable Object> with(
            List<? extends @Nullable Object> values, int at, @Nullable Object other) {
        var copy = new ArrayList<@Nullable Object>(values);
        copy.set(at, other);
        return copy;
    }

    private static List<Object> values(Record record, RecordComponent[] components) {
        var values = new ArrayList<Object>();
        for (var component : components) {
            try {
                values.add(component.getAccessor().invoke(record));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return values;
    }

    private static Object make(Class<?> type, List<? extends @Nullable Object> values) {
        try {
            return constructor(type).newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("%s of %s".formatted(type, values), e);
        }
    }

    private static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
        var parts =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        return type.getDeclaredConstructor(parts);
    }
}
