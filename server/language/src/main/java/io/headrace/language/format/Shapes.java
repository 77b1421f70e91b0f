package io.headrace.language.format;

import io.headrace.language.schema.Level;
import io.headrace.language.schema.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what the schema says of parts of a value. */
final class Shapes {

    private Shapes() {}

    /**
     * Returns the level of a map with these keys; null if its keys are names, or nothing is known.
     */
    static @Nullable Level level(@Nullable Shape shape, List<String> keys) {
        if (shape == null) {
            return null;
        }
        return shape.alternatives()
                .map(each ->
                        each instanceof Shape.ListOf list && list.singly() ? list.item() : each)
                .flatMap(Shape::alternatives)
                .filter(Shape.Table.class::isInstance)
                .map(each -> ((Shape.Table) each).level())
                .filter(level -> keys.stream().allMatch(key -> fits(level, key)))
                .findFirst()
                .orElse(null);
    }

    private static boolean fits(Level level, String key) {
        var others = level.others();
        return level.key(key) != null
                || key.startsWith("x-")
                || key.equals("<<")
                || (others != null && others.name().matcher(key).matches());
    }

    /** Returns the shape of what stands under {@code key}. */
    static @Nullable Shape under(@Nullable Shape shape, @Nullable Level level, String key) {
        if (level != null) {
            var known = level.key(key);
            var others = level.others();
            return known != null
                    ? known.shape()
                    : others == null || key.startsWith("x-") ? null : others.value();
        }
        return shape == null
                ? null
                : shape.alternative(Shape.MapOf.class).map(Shape.MapOf::value).orElse(null);
    }

    /** Returns the shape of the items of a list. */
    static @Nullable Shape item(@Nullable Shape shape) {
        return shape == null
                ? null
                : shape.alternative(Shape.ListOf.class).map(Shape.ListOf::item).orElse(null);
    }
}
