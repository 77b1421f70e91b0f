package io.headrace.language;

import io.headrace.language.schema.Schema;
import io.headrace.language.spelling.Spelling;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code matrix}, and checks how many jobs it makes. */
final class MatrixReader {

    private static final Pattern AXIS = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,49}");
    private static final int MAX_LISTED = 500;

    private final Limits limits;

    MatrixReader(Limits limits) {
        this.limits = limits;
    }

    /** Returns null if there is no matrix, or none that can be used. */
    @Nullable Matrix read(Fields fields) {
        var field = fields.get("matrix");
        var map = field == null ? null : Values.map(field, fields.report());
        if (field == null || map == null) {
            return null;
        }
        var report = fields.report().in("matrix");
        var axes = new LinkedHashMap<String, List<String>>();
        List<Map<String, String>> include = List.of();
        List<Map<String, String>> exclude = List.of();
        int max = limits.matrix();
        for (var entry : map.entries()) {
            switch (entry.key().text()) {
                case "include" -> include = combinations(entry, report);
                case "exclude" -> exclude = combinations(entry, report);
                case "max" -> max = max(map, field.mark(), report);
                default -> axis(entry, axes, report);
            }
        }
        checkExcluded(map, exclude, axes, report);
        var matrix =
                new Matrix(Collections.unmodifiableMap(axes), include, exclude, max, field.mark());
        return checked(matrix, report);
    }

    private int max(YamlNode.Mapping map, Mark mark, Report report) {
        var only = map.entries().stream().filter(e -> e.key().text().equals("max")).toList();
        var fields =
                new Fields(new YamlNode.Mapping(only, map.mark()), mark, Schema.MATRIX, report);
        return Values.integer(fields, "max", 1, limits.matrixMax(), limits.matrix());
    }

    private static void axis(YamlNode.Entry entry, Map<String, List<String>> axes, Report report) {
        var name = entry.key().text();
        var habit = Habits.axis(name);
        if (habit != null) {
            report.error(
                    ProblemCode.BAD_MATRIX,
                    entry.key().mark(),
                    "'%s' is no axis of a matrix".formatted(name),
                    habit);
            return;
        }
        if (!AXIS.matcher(name).matches()) {
            report.error(
                    ProblemCode.BAD_NAME,
                    entry.key().mark(),
                    "'%s' is no name for an axis".formatted(Values.shown(name)),
                    "use letters, digits, '_' and '-', and a letter at the beginning");
            return;
        }
        var items =
                entry.value() instanceof YamlNode.Sequence(var list, _)
                        ? list
                        : List.of(entry.value());
        var values = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (var item : items) {
            var value = value(name, item, report);
            if (value != null && !seen.add(value)) {
                report.error(
                        ProblemCode.BAD_MATRIX,
                        item.mark(),
                        "axis '%s' has the value '%s' twice".formatted(name, value),
                        "keep one of the two");
            } else if (value != null) {
                values.add(value);
            }
        }
        if (items.isEmpty()) {
            report.warning(
                    ProblemCode.BAD_MATRIX,
                    entry.key().mark(),
                    "axis '%s' has no values and is ignored".formatted(name),
                    "give it values, or remove it");
        } else if (!values.isEmpty()) {
            axes.put(name, List.copyOf(values));
        }
    }

    private static @Nullable String value(String axis, YamlNode item, Report report) {
        if (item instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
            if (!scalar.text().contains("${{") && scalar.text().length() <= 200) {
                return scalar.text();
            }
            report.error(
                    ProblemCode.BAD_MATRIX,
                    item.mark(),
                    "a value of axis '%s' is longer than 200 characters, or has an expression in it"
                            .formatted(axis),
                    "write the value itself");
            return null;
        }
        report.error(
                ProblemCode.BAD_MATRIX,
                item.mark(),
                "a value of axis '%s' must be text, but it is %s".formatted(axis, item.kind()),
                "write each value as a text or a number");
        return null;
    }

    private static List<Map<String, String>> combinations(YamlNode.Entry entry, Report report) {
        var name = entry.key().text();
        if (!(entry.value() instanceof YamlNode.Sequence(var items, _))) {
            report.error(
                    ProblemCode.BAD_MATRIX,
                    entry.value().mark(),
                    "'%s' must be a list of maps, but it is %s"
                            .formatted(name, entry.value().kind()),
                    "write '- axis: value' below it");
            return List.of();
        }
        if (items.size() > MAX_LISTED) {
            report.error(
                    ProblemCode.MATRIX_TOO_LARGE,
                    entry.key().mark(),
                    "'%s' lists %d combinations, and the limit is %d"
                            .formatted(name, items.size(), MAX_LISTED),
                    "list fewer");
            return List.of();
        }
        var combinations = new ArrayList<Map<String, String>>();
        for (var item : items) {
            var map = Values.map(name, entry.key().mark(), item, report);
            if (map == null) {
                continue;
            }
            var values = new LinkedHashMap<String, String>();
            for (var each : map.entries()) {
                var value = value(each.key().text(), each.value(), report);
                if (!AXIS.matcher(each.key().text()).matches()) {
                    report.error(
                            ProblemCode.BAD_NAME,
                            each.key().mark(),
                            "'%s' is no name for an axis"
                                    .formatted(Values.shown(each.key().text())),
                            "use letters, digits, '_' and '-', and a letter at the beginning");
                } else if (value != null) {
                    values.put(each.key().text(), value);
                }
            }
            if (!values.isEmpty()) {
                combinations.add(Collections.unmodifiableMap(values));
            }
        }
        return List.copyOf(combinations);
    }

    private static void checkExcluded(
            YamlNode.Mapping map,
            List<Map<String, String>> exclude,
            Map<String, List<String>> axes,
            Report report) {
        var mark =
                map.entries().stream()
                        .filter(entry -> entry.key().text().equals("exclude"))
                        .map(entry -> entry.key().mark())
                        .findFirst()
                        .orElse(map.mark());
        for (var combination : exclude) {
            for (var axis : combination.keySet()) {
                if (!axes.containsKey(axis)) {
                    report.error(
                            ProblemCode.BAD_MATRIX,
                            mark,
                            "'exclude' names '%s', which is no axis of this matrix".formatted(axis),
                            Spelling.suggestion(axis, axes.keySet(), "axes"));
                }
            }
        }
    }

    private @Nullable Matrix checked(Matrix matrix, Report report) {
        var size = Combinations.size(matrix);
        if (size == 0) {
            report.error(
                    ProblemCode.BAD_MATRIX,
                    matrix.mark(),
                    "the matrix makes no job at all",
                    "give it an axis with values, or exclude less");
            return null;
        }
        if (size > matrix.max()) {
            report.error(
                    ProblemCode.MATRIX_TOO_LARGE,
                    matrix.mark(),
                    "the matrix makes %,d jobs, and the limit is %d".formatted(size, matrix.max()),
                    matrix.max() < limits.matrixMax() && size <= limits.matrixMax()
                            ? "exclude some, or set 'max: %d' in it".formatted(size)
                            : "leave out axes or values, or exclude some");
            return null;
        }
        if (size > matrix.max() / 2 && size > 1) {
            report.warning(
                    ProblemCode.MATRIX_TOO_LARGE,
                    matrix.mark(),
                    "the matrix makes %d jobs, more than half of the limit of %d"
                            .formatted(size, matrix.max()),
                    "make sure that you want them all");
        }
        return matrix;
    }
}
