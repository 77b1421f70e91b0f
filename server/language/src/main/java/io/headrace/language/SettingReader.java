package io.headrace.language;

import io.headrace.language.Fields.Field;
import io.headrace.language.schema.Key;
import io.headrace.language.schema.Level;
import io.headrace.language.schema.Shape;
import io.headrace.language.spelling.Spelling;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what has no type of its own in the model, as the schema says: whole maps of settings. */
final class SettingReader {

    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,12}(?:\\.\\d{1,9})?");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");

    private final Texts texts;

    SettingReader(Texts texts) {
        this.texts = texts;
    }

    /** Reads the value of a key; null if it isn't there, or is wrong. */
    @Nullable SettingDefinition read(Fields fields, String key) {
        var field = fields.get(key);
        return field == null
                ? null
                : value(field, fields.key(key).shape(), fields.report().in(field.name()));
    }

    /** Reads a map, with the defaults of the keys that it lacks. */
    SettingDefinition read(YamlNode.Mapping map, Mark mark, Level level, Report report) {
        return read(new Fields(map, mark, level, report), level);
    }

    private SettingDefinition read(Fields fields, Level level) {
        var read = new LinkedHashMap<String, SettingDefinition>();
        for (var key : level.keys()) {
            var value = fields.has(key.name()) ? read(fields, key.name()) : standard(key, fields);
            if (value != null) {
                read.put(key.name(), value);
            }
        }
        var others = level.others();
        if (others != null) {
            for (var entry : fields.others()) {
                add(entry, others, read, fields.report());
            }
        }
        return SettingDefinition.map(read);
    }

    private @Nullable SettingDefinition standard(Key key, Fields fields) {
        if (key.required()) {
            fields.require(
                    key.name(),
                    "add '%s'".formatted(key.example().lines().findFirst().orElse(key.name())));
            return null;
        }
        var standard = key.defaultValue();
        if (standard == null) {
            return null;
        }
        if (standard.equals("{}")) {
            var level = key.shape().alternative(Shape.Table.class).orElseThrow().level();
            var nothing = new YamlNode.Mapping(List.of(), fields.mark());
            return read(new Fields(nothing, fields.mark(), level, fields.report()), level);
        }
        if (standard.startsWith("[")) {
            var items = new ArrayList<SettingDefinition>();
            for (var item : standard.substring(1, standard.length() - 1).split(", *", -1)) {
                items.add(SettingDefinition.of(Text.of(item, fields.mark())));
            }
            return SettingDefinition.list(items);
        }
        return SettingDefinition.of(Text.of(standard, fields.mark()));
    }

    /** Reads a value of one of the shapes that a shape may have; null after reporting. */
    private @Nullable SettingDefinition value(Field field, Shape shape, Report report) {
        var chosen = choose(field.value(), shape);
        if (chosen == null) {
            Values.wrongType(field, shape.shown(), report);
            return null;
        }
        return switch (chosen) {
            case Shape.Nothing _ -> SettingDefinition.EMPTY;
            case Shape.Table(var level) when field.value() instanceof YamlNode.Mapping map ->
                    read(new Fields(map, field.mark(), level, report), level);
            case Shape.MapOf map when field.value() instanceof YamlNode.Mapping written ->
                    map(written, map, report);
            case Shape.ListOf list -> list(field, list, report);
            default ->
                    field.value() instanceof YamlNode.Scalar scalar
                            ? scalar(field.name(), scalar, shape, report)
                            : null;
        };
    }

    /** Returns the alternative that fits the kind of a value. */
    private static @Nullable Shape choose(YamlNode value, Shape shape) {
        return shape.alternatives().filter(each -> fits(value, each)).findFirst().orElse(null);
    }

    private static boolean fits(YamlNode value, Shape shape) {
        return switch (shape) {
            case Shape.Table _, Shape.MapOf _ -> value instanceof YamlNode.Mapping;
            case Shape.ListOf list ->
                    value instanceof YamlNode.Sequence
                            || (list.singly() && choose(value, list.item()) != null);
            case Shape.Nothing _ -> Texts.isNothing(value);
            case Shape.Text _,
                    Shape.WholeNumber _,
                    Shape.Decimal _,
                    Shape.Truth _,
                    Shape.Choice _ ->
                    value instanceof YamlNode.Scalar scalar && !scalar.isNull();
            case Shape.Either _ -> false;
        };
    }

    private SettingDefinition map(YamlNode.Mapping map, Shape.MapOf shape, Report report) {
        var read = new LinkedHashMap<String, SettingDefinition>();
        if (map.entries().size() > shape.max()) {
            tooMany(map, map.entries().size(), shape.max(), report);
            return SettingDefinition.map(read);
        }
        map.entries().forEach(entry -> add(entry, shape, read, report));
        return SettingDefinition.map(read);
    }

    private void add(
            YamlNode.Entry entry,
            Shape.MapOf shape,
            Map<String, SettingDefinition> read,
            Report report) {
        var name = entry.key().text();
        if (!shape.name().matcher(name).matches()) {
            report.error(
                    ProblemCode.BAD_NAME,
                    entry.key().mark(),
                    "'%s' is no name for %s".formatted(Values.shown(name), shape.words()),
                    shape.rule());
            return;
        }
        var value =
                value(new Field(name, entry.key().mark(), entry.value()), shape.value(), report);
        if (value != null) {
            read.put(name, value);
        }
    }

    private SettingDefinition list(Field field, Shape.ListOf shape, Report report) {
        var items =
                field.value() instanceof YamlNode.Sequence(var list, _)
                        ? list
                        : List.of(field.value());
        if (items.size() < shape.min()) {
            report.error(
                    ProblemCode.EMPTY,
                    field.mark(),
                    "'%s' is empty".formatted(field.name()),
                    "write at least one");
        }
        if (items.size() > shape.max()) {
            tooMany(field.value(), items.size(), shape.max(), report);
            return SettingDefinition.EMPTY;
        }
        var read = new ArrayList<SettingDefinition>();
        for (var item : items) {
            var value = value(new Field(field.name(), item.mark(), item), shape.item(), report);
            if (value != null) {
                read.add(value);
            }
        }
        return SettingDefinition.list(read);
    }

    private static void tooMany(YamlNode node, int size, int max, Report report) {
        report.error(
                ProblemCode.TOO_LARGE,
                node.mark(),
                "there are %,d, and the limit is %,d".formatted(size, max),
                "write fewer");
    }

    private static boolean isFor(Shape shape, Shape.Use use) {
        return shape.alternatives()
                .anyMatch(each -> each instanceof Shape.Text text && text.use() == use);
    }

    private SettingDefinition scalar(
            String name, YamlNode.Scalar scalar, Shape shape, Report report) {
        // A shell runs a command: it is read so even where something else could stand too.
        var text =
                isFor(shape, Shape.Use.COMMAND)
                        ? texts.command(scalar, report)
                        : isFor(shape, Shape.Use.TEMPLATE)
                                ? texts.value(scalar, report)
                                : Text.of(scalar);
        if (!text.template().isFixed()) {
            return SettingDefinition.of(text);
        }
        if (isFor(shape, Shape.Use.CONDITION)) {
            texts.condition(scalar, report);
            return SettingDefinition.of(text);
        }
        Flaw best = null;
        for (var each : shape.alternatives().toList()) {
            var flaw = flaw(name, scalar.text(), each);
            if (flaw == null) {
                return SettingDefinition.of(text);
            }
            best = best == null ? flaw : best;
        }
        if (best != null) {
            report.error(best.code(), scalar.mark(), best.message(), best.fix());
        }
        return SettingDefinition.of(text);
    }

    private record Flaw(ProblemCode code, String message, String fix) {}

    private static @Nullable Flaw flaw(String name, String text, Shape shape) {
        var shown = Values.shown(text);
        return switch (shape) {
            case Shape.Text wanted when text.length() > wanted.maxLength() ->
                    new Flaw(
                            ProblemCode.BAD_VALUE,
                            "'%s' is longer than %d characters".formatted(name, wanted.maxLength()),
                            "shorten it");
            case Shape.Text wanted ->
                    wanted.matches(text)
                            ? null
                            : new Flaw(
                                    ProblemCode.BAD_VALUE,
                                    "'%s' must be %s, but it is '%s'"
                                            .formatted(name, wanted.words(), shown),
                                    wanted.rule().isEmpty()
                                            ? "write %s".formatted(wanted.words())
                                            : wanted.rule());
            case Shape.WholeNumber(int min, int max, _) ->
                    number(
                            name,
                            text,
                            WHOLE,
                            BigDecimal.valueOf(min),
                            BigDecimal.valueOf(max),
                            "a whole number");
            case Shape.Decimal(double min, double max) ->
                    number(
                            name,
                            text,
                            DECIMAL,
                            BigDecimal.valueOf(min),
                            BigDecimal.valueOf(max),
                            "a number");
            case Shape.Truth _ ->
                    text.equals("true") || text.equals("false")
                            ? null
                            : new Flaw(
                                    ProblemCode.WRONG_TYPE,
                                    "'%s' must be true or false, but it is '%s'"
                                            .formatted(name, shown),
                                    "write true or false");
            case Shape.Choice(var values) ->
                    values.contains(text)
                            ? null
                            : new Flaw(
                                    ProblemCode.BAD_VALUE,
                                    "'%s' can't be '%s'".formatted(name, shown),
                                    Spelling.suggestion(text, values, "the values allowed"));
            case Shape.ListOf list ->
                    list.singly() ? flaw(name, text, list.item()) : wrong(name, shape);
            case Shape.Either _, Shape.MapOf _, Shape.Table _, Shape.Nothing _ ->
                    wrong(name, shape);
        };
    }

    private static Flaw wrong(String name, Shape shape) {
        return new Flaw(
                ProblemCode.WRONG_TYPE,
                "'%s' must be %s, but it is text".formatted(name, shape.shown()),
                "write %s".formatted(shape.shown()));
    }

    private static @Nullable Flaw number(
            String name, String text, Pattern form, BigDecimal min, BigDecimal max, String words) {
        var range =
                "write a number from %s to %s"
                        .formatted(
                                min.stripTrailingZeros().toPlainString(),
                                max.stripTrailingZeros().toPlainString());
        if (!form.matcher(text).matches()) {
            return new Flaw(
                    ProblemCode.WRONG_TYPE,
                    "'%s' must be %s, but '%s' is not".formatted(name, words, Values.shown(text)),
                    range);
        }
        var number = new BigDecimal(text);
        return number.compareTo(min) < 0 || number.compareTo(max) > 0
                ? new Flaw(
                        ProblemCode.OUT_OF_RANGE,
                        "'%s' is %s, which is outside %s to %s"
                                .formatted(
                                        name,
                                        text,
                                        min.stripTrailingZeros().toPlainString(),
                                        max.stripTrailingZeros().toPlainString()),
                        range)
                : null;
    }
}
