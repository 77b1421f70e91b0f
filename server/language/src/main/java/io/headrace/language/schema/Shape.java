package io.headrace.language.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the value of a key may look like. Immutable. */
public sealed interface Shape {

    /** What the text of a value becomes. */
    enum Use {
        /** Kept as it is. */
        FIXED,
        /** Expressions such as <code>${{ branch }}</code> are replaced by their values. */
        TEMPLATE,
        /** Likewise, but nothing from outside may stand in it: a shell runs it. */
        COMMAND,
        /** An expression that is true or false. */
        CONDITION
    }

    /**
     * Text, which in YAML may look like a number or a boolean.
     *
     * @param words what it is, such as {@code a path}
     * @param pattern that the whole text must match, or null; not asked where an expression stands
     * @param rule the pattern in words, such as {@code use letters and digits}; empty without one
     * @param maxLength in characters
     */
    record Text(String words, @Nullable Pattern pattern, String rule, int maxLength, Use use)
            implements Shape {

        /** Tells whether {@code text}, in which no expression stands, is such a text. */
        public boolean matches(String text) {
            return text.length() <= maxLength
                    && (pattern == null || pattern.matcher(text).matches());
        }
    }

    /**
     * A whole number.
     *
     * @param unit such as {@code seconds}, or empty
     */
    record WholeNumber(int min, int max, String unit) implements Shape {}

    /** A number that may have decimals. */
    record Decimal(double min, double max) implements Shape {}

    /** {@code true} or {@code false}. */
    record Truth() implements Shape {}

    /** One of a few words. */
    record Choice(List<String> values) implements Shape {

        public Choice {
            values = List.copyOf(values);
        }
    }

    /** A key without a value. */
    record Nothing() implements Shape {}

    /** Any of several shapes. */
    record Either(List<Shape> shapes) implements Shape {

        public Either {
            shapes = List.copyOf(shapes);
        }
    }

    /**
     * A list.
     *
     * @param singly whether one item may stand alone, without a list around it
     */
    record ListOf(Shape item, int min, int max, boolean singly) implements Shape {}

    /**
     * A map whose keys are names that the author chooses.
     *
     * @param words what a key is, such as {@code a variable}
     * @param name that each key must match
     * @param rule the pattern in words
     */
    record MapOf(String words, Pattern name, String rule, Shape value, int max) implements Shape {}

    /** A map whose keys are settled. */
    record Table(Level level) implements Shape {}

    /** Returns this shape, and those that it may be instead of itself. */
    default Stream<Shape> alternatives() {
        return this instanceof Either(var shapes)
                ? shapes.stream().flatMap(Shape::alternatives)
                : Stream.of(this);
    }

    /** Finds the alternative of a kind, such as {@code WholeNumber.class}. */
    default <T extends Shape> Optional<T> alternative(Class<T> kind) {
        return alternatives().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** Returns the levels of maps inside this shape, nearest first. */
    default Stream<Level> levels() {
        return switch (this) {
            case Text _, WholeNumber _, Decimal _, Truth _, Choice _, Nothing _ -> Stream.empty();
            case Either(var shapes) -> shapes.stream().flatMap(Shape::levels);
            case ListOf list -> list.item().levels();
            case MapOf map -> map.value().levels();
            case Table(var level) -> Stream.of(level);
        };
    }

    /** Returns the shape for messages and for people, such as {@code a whole number}. */
    default String shown() {
        return switch (this) {
            case Text text -> text.words();
            case WholeNumber number ->
                    "a whole number" + (number.unit().isEmpty() ? "" : " of " + number.unit());
            case Decimal _ -> "a number";
            case Truth _ -> "true or false";
            case Choice(var values) -> "one of " + String.join(", ", values);
            case Nothing _ -> "nothing";
            case Either(var shapes) ->
                    String.join(" or ", shapes.stream().map(Shape::shown).distinct().toList());
            case ListOf(Table _, _, _, var singly) ->
                    singly ? "a map or a list of maps" : "a list of maps";
            case ListOf list ->
                    list.singly()
                            ? "%s or a list of such".formatted(list.item().shown())
                            : "a list of %s".formatted(list.item().shown());
            case MapOf _, Table _ -> "a map";
        };
    }

    static Text text(String words) {
        return new Text(words, null, "", 1000, Use.FIXED);
    }

    static Text template(String words) {
        return new Text(words, null, "", 1000, Use.TEMPLATE);
    }

    static Text text(String words, String pattern, String rule) {
        return new Text(words, Pattern.compile(pattern), rule, 1000, Use.FIXED);
    }

    static WholeNumber number(int min, int max) {
        return new WholeNumber(min, max, "");
    }

    static WholeNumber seconds(int min, int max) {
        return new WholeNumber(min, max, "seconds");
    }

    static WholeNumber days() {
        return new WholeNumber(1, 36_500, "days");
    }

    static Choice choice(String... values) {
        return new Choice(List.of(values));
    }

    static Either either(Shape... shapes) {
        return new Either(Arrays.asList(shapes));
    }

    static ListOf list(Shape item) {
        return new ListOf(item, 0, 1000, false);
    }

    static ListOf oneOrMore(Shape item) {
        return new ListOf(item, 0, 1000, true);
    }

    static Table table(Level level) {
        return new Table(level);
    }
}
