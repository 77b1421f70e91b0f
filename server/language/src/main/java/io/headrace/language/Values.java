package io.headrace.language;

import io.headrace.language.Fields.Field;
import io.headrace.language.schema.Key;
import io.headrace.language.schema.Shape;
import io.headrace.language.spelling.Spelling;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads values of known types; what is wrong is reported, and the default taken. */
final class Values {

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,9}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6}) ?(s|sec|m|min|h|d)");
    private static final Pattern NO_SPACE = Pattern.compile("([\\w-]+):\\S.*");

    private Values() {}

    /** Returns the text of a field, or null after reporting. */
    static YamlNode.@Nullable Scalar scalar(Field field, Report report) {
        if (field.value() instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
            return scalar;
        }
        wrongType(field, "text", report);
        return null;
    }

    /** Returns a whole number in the range that the schema says, or its default. */
    static int integer(Fields fields, String key) {
        var standard = fields.key(key).defaultValue();
        return integer(fields, key, standard == null ? 0 : Integer.parseInt(standard));
    }

    /** Returns the default that the schema says of a key that counts something. */
    static int standard(Fields fields, String key) {
        var standard = fields.key(key).defaultValue();
        if (standard == null) {
            throw new IllegalArgumentException(key + " has no default");
        }
        return Integer.parseInt(standard);
    }

    /** Likewise, where the default depends. */
    static int integer(Fields fields, String key, int otherwise) {
        var range = shape(fields.key(key), Shape.WholeNumber.class);
        return integer(fields, key, range.min(), range.max(), otherwise);
    }

    /** Likewise, where the range depends. */
    static int integer(Fields fields, String key, int min, int max, int otherwise) {
        return integer(fields, key, min, max, otherwise, "");
    }

    /** Likewise, with more to do where the number is too large. */
    private static int integer(
            Fields fields, String key, int min, int max, int otherwise, String orElse) {
        var field = fields.get(key);
        var scalar = field == null ? null : scalar(field, fields.report());
        if (field == null || scalar == null) {
            return otherwise;
        }
        if (!INTEGER.matcher(scalar.text()).matches()) {
            fields.report()
                    .error(
                            ProblemCode.WRONG_TYPE,
                            scalar.mark(),
                            "'%s' must be a whole number, but '%s' is not"
                                    .formatted(field.name(), shown(scalar.text())),
                            "write %s from %d to %d".formatted(number(fields, key), min, max));
            return otherwise;
        }
        int value = Integer.parseInt(scalar.text());
        if (value < min || value > max) {
            fields.report()
                    .error(
                            ProblemCode.OUT_OF_RANGE,
                            scalar.mark(),
                            "'%s' is %d, which is outside %d to %d"
                                    .formatted(field.name(), value, min, max),
                            "write a number from %d to %d".formatted(min, max)
                                    + (value > max ? orElse : ""));
            return otherwise;
        }
        return value;
    }

    /**
     * Returns a time in seconds, or null if there is none.
     *
     * @param setting with which an operator allows more than {@code max}
     */
    static @Nullable Duration seconds(Fields fields, String key, Duration max, String setting) {
        var field = fields.get(key);
        if (field == null) {
            return null;
        }
        if (field.value() instanceof YamlNode.Scalar scalar) {
            var written = DURATION.matcher(scalar.text());
            if (written.matches()) {
                fields.report()
                        .error(
                                ProblemCode.WRONG_TYPE,
                                scalar.mark(),
                                "'%s' counts seconds, but '%s' has a unit"
                                        .formatted(field.name(), scalar.text()),
                                "write %d"
                                        .formatted(inSeconds(written.group(1), written.group(2))));
                return null;
            }
        }
        int value =
                integer(
                        fields,
                        key,
                        1,
                        (int) max.toSeconds(),
                        0,
                        ", or ask the operator to raise " + setting);
        return value == 0 ? null : Duration.ofSeconds(value);
    }

    private static long inSeconds(String number, String unit) {
        return Long.parseLong(number)
                * switch (unit.charAt(0)) {
                    case 's' -> 1;
                    case 'm' -> 60;
                    case 'h' -> 3600;
                    default -> 86_400;
                };
    }

    /** Names the unit, where it isn't the seconds that most keys are in. */
    private static String number(Fields fields, String key) {
        boolean days =
                fields.key(key)
                        .shape()
                        .alternative(Shape.WholeNumber.class)
                        .filter(range -> range.unit().equals("days"))
                        .isPresent();
        return days ? "a number of days" : "a number";
    }

    /** Returns the alternative of a key's shape that a reader knows to be there. */
    private static <T extends Shape> T shape(Key key, Class<T> kind) {
        return key.shape()
                .alternative(kind)
                .orElseThrow(() -> new IllegalArgumentException(key.name() + " is no " + kind));
    }

    /** Returns true or false, by default what the schema says. */
    static boolean bool(Fields fields, String key) {
        boolean otherwise = "true".equals(fields.key(key).defaultValue());
        var field = fields.get(key);
        if (field == null) {
            return otherwise;
        }
        var scalar = scalar(field, fields.report());
        if (scalar == null) {
            return otherwise;
        }
        return switch (scalar.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> {
                fields.report()
                        .error(
                                ProblemCode.WRONG_TYPE,
                                scalar.mark(),
                                "'%s' must be true or false, but it is '%s'"
                                        .formatted(field.name(), shown(scalar.text())),
                                "write true or false");
                yield otherwise;
            }
        };
    }

    /** Returns one of the words that the schema allows, or its default. */
    static String choice(Fields fields, String key) {
        var allowed = shape(fields.key(key), Shape.Choice.class).values();
        var standard = fields.key(key).defaultValue();
        var otherwise = standard == null ? allowed.getFirst() : standard;
        var field = fields.get(key);
        var scalar = field == null ? null : scalar(field, fields.report());
        if (field == null || scalar == null || allowed.contains(scalar.text())) {
            return scalar == null ? otherwise : scalar.text();
        }
        fields.report()
                .error(
                        ProblemCode.BAD_VALUE,
                        scalar.mark(),
                        "'%s' can't be '%s'".formatted(field.name(), shown(scalar.text())),
                        Spelling.suggestion(scalar.text(), allowed, "the values allowed"));
        return otherwise;
    }

    /** Returns one text or a list of texts as a list; empty after reporting. */
    static List<YamlNode.Scalar> scalars(Field field, Report report) {
        if (field.value() instanceof YamlNode.Sequence(var items, _)) {
            var scalars = new ArrayList<YamlNode.Scalar>();
            for (var item : items) {
                if (item instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
                    scalars.add(scalar);
                } else {
                    report.error(
                            ProblemCode.WRONG_TYPE,
                            item.mark(),
                            "'%s' is a list of texts, but this is %s"
                                    .formatted(field.name(), item.kind()),
                            item.kind().equals("a map")
                                    ? "if the text has a colon in it, put it in quotes"
                                    : "write a text, or remove the line");
                }
            }
            return scalars;
        }
        if (field.value() instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
            return List.of(scalar);
        }
        wrongType(field, "text or a list of texts", report);
        return List.of();
    }

    /** Returns the field as a map, or null after reporting. */
    static YamlNode.@Nullable Mapping map(Field field, Report report) {
        return map(field.name(), field.mark(), field.value(), report);
    }

    /** Returns {@code value} as a map, or null after reporting. */
    static YamlNode.@Nullable Mapping map(String name, Mark mark, YamlNode value, Report report) {
        if (value instanceof YamlNode.Mapping map) {
            return map;
        }
        wrongType(name, mark, value, "a map", report);
        return null;
    }

    static void wrongType(Field field, String wanted, Report report) {
        wrongType(field.name(), field.mark(), field.value(), wanted, report);
    }

    private static void wrongType(
            String name, Mark mark, YamlNode value, String wanted, Report report) {
        if (value instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            report.error(
                    ProblemCode.EMPTY,
                    mark,
                    "'%s' has no value".formatted(name),
                    "write %s, or remove the key".formatted(wanted));
            return;
        }
        var where = value.mark();
        if (value instanceof YamlNode.Scalar scalar) {
            var noSpace = NO_SPACE.matcher(scalar.text());
            if (noSpace.matches()) {
                report.error(
                        ProblemCode.COLON,
                        where,
                        "there is no space after the colon of '%s'".formatted(noSpace.group(1)),
                        "write '%s: ' with a space".formatted(noSpace.group(1)));
                return;
            }
        }
        report.error(
                ProblemCode.WRONG_TYPE,
                where,
                "'%s' must be %s, but it is %s".formatted(name, wanted, value.kind()),
                switch (wanted) {
                    case "a map", "a map or a list of maps", "a list of maps or a map" ->
                            "write lines like 'key: value' below it, indented";
                    case "a list of steps" -> "begin each with a dash, such as '- run: make'";
                    default -> "write %s".formatted(wanted);
                });
    }

    /** Shortens what somebody wrote, for messages. */
    static String shown(String text) {
        var line = WHITE_SPACE.matcher(text.strip()).replaceAll(" ");
        return line.length() <= 60 ? line : line.substring(0, 59) + "…";
    }
}
