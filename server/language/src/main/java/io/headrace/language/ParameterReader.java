package io.headrace.language;

import io.headrace.language.expression.Type;
import io.headrace.language.schema.Schema;
import io.headrace.language.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads {@code parameters}. */
final class ParameterReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,49}");

    private ParameterReader() {}

    static List<Parameter> read(Fields fields) {
        var field = fields.get("parameters");
        var map =
                field == null || Texts.isNothing(field.value())
                        ? null
                        : Values.map(field, fields.report());
        if (map == null) {
            return List.of();
        }
        var parameters = new ArrayList<Parameter>();
        for (var entry : map.entries()) {
            parameters.add(parameter(entry, fields.report()));
        }
        checkVariables(parameters, fields.report());
        return List.copyOf(parameters);
    }

    /** Two names that differ by their case alone are one variable. */
    private static void checkVariables(List<Parameter> parameters, Report report) {
        var names = new HashMap<String, String>();
        for (var parameter : parameters) {
            var variable = Variables.ofParameter(parameter.name());
            var earlier = names.putIfAbsent(variable, parameter.name());
            if (earlier != null) {
                report.error(
                        ProblemCode.DUPLICATE_NAME,
                        parameter.mark(),
                        "the parameters '%s' and '%s' are both the variable %s"
                                .formatted(earlier, parameter.name(), variable),
                        "rename one of the two");
            }
        }
    }

    static Map<String, Type> types(List<Parameter> parameters) {
        var types = new LinkedHashMap<String, Type>();
        for (var parameter : parameters) {
            types.put(
                    parameter.name(),
                    switch (parameter.type()) {
                        case STRING -> Type.TEXT;
                        case NUMBER -> Type.NUMBER;
                        case BOOLEAN -> Type.BOOLEAN;
                    });
        }
        return types;
    }

    private static Parameter parameter(YamlNode.Entry entry, Report report) {
        var name = entry.key().text();
        var mark = entry.key().mark();
        if (!NAME.matcher(name).matches()) {
            report.error(
                    ProblemCode.BAD_NAME,
                    mark,
                    "'%s' is no name for a parameter".formatted(Values.shown(name)),
                    "use letters, digits and '_', and no digit at the beginning");
        }
        var in = report.in("parameter '%s'".formatted(Values.shown(name)));
        if (entry.value() instanceof YamlNode.Scalar scalar) {
            // The short form: a default, or nothing.
            return new Parameter(
                    name,
                    Parameter.Type.STRING,
                    scalar.isNull() ? null : scalar.text(),
                    false,
                    null,
                    List.of(),
                    mark);
        }
        var map = Values.map(name, mark, entry.value(), in);
        if (map == null) {
            return new Parameter(name, Parameter.Type.STRING, null, false, null, List.of(), mark);
        }
        var fields = new Fields(map, mark, Schema.PARAMETER, in);
        var type = Values.choice(fields, "type");
        var choices = fields.get("choices");
        var parameter =
                new Parameter(
                        name,
                        Parameter.Type.valueOf(type.toUpperCase(Locale.ROOT)),
                        text(fields, "default"),
                        Values.bool(fields, "required"),
                        pattern(fields),
                        choices == null
                                ? List.of()
                                : Values.scalars(choices, in).stream()
                                        .map(YamlNode.Scalar::text)
                                        .toList(),
                        mark);
        var given = parameter.defaultValue();
        var flaw = given == null ? null : ParameterCheck.flaw(parameter, given);
        if (flaw != null) {
            in.error(ProblemCode.PARAMETER, mark, "the default %s".formatted(flaw), "mend it");
        }
        return parameter;
    }

    private static @Nullable String text(Fields fields, String key) {
        var field = fields.get(key);
        return field != null && field.value() instanceof YamlNode.Scalar scalar
                ? scalar.text()
                : null;
    }

    private static @Nullable Pattern pattern(Fields fields) {
        var field = fields.get("pattern");
        var scalar = field == null ? null : Values.scalar(field, fields.report());
        if (scalar == null) {
            return null;
        }
        String problem;
        try {
            return Pattern.compile(scalar.text());
        } catch (PatternSyntaxException e) {
            problem = e.getDescription();
        }
        fields.report()
                .error(
                        ProblemCode.BAD_VALUE,
                        scalar.mark(),
                        "'pattern' is no regular expression: " + problem,
                        "mend it, for instance [0-9]+(\\.[0-9]+)?");
        return null;
    }
}
