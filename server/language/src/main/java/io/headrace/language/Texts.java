package io.headrace.language;

import io.headrace.language.PipelineVocabulary.Place;
import io.headrace.language.expression.Expression;
import io.headrace.language.expression.ExpressionChecker;
import io.headrace.language.expression.ExpressionException;
import io.headrace.language.expression.ExpressionParser;
import io.headrace.language.expression.Flaw;
import io.headrace.language.expression.Template;
import io.headrace.language.expression.Type;
import io.headrace.language.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads texts with expressions in them, and conditions, of one job. */
final class Texts {

    private final PipelineVocabulary vocabulary;

    /** Returns a reader of texts that stand in another place. */
    Texts in(Place place) {
        return new Texts(vocabulary.in(place));
    }

    Texts(PipelineVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Reads a text that is a value: any name may stand in it whose value a plan knows. */
    Text value(YamlNode.Scalar scalar, Report report) {
        return value(scalar, vocabulary, report);
    }

    private static Text value(
            YamlNode.Scalar scalar, PipelineVocabulary vocabulary, Report report) {
        var flaws = new ArrayList<Flaw>();
        var template = Template.parseValue(scalar.text(), flaws);
        return check(template, flaws, scalar, vocabulary, report);
    }

    private static Text check(
            Template template,
            List<Flaw> flaws,
            YamlNode.Scalar scalar,
            PipelineVocabulary vocabulary,
            Report report) {
        for (var slot : template.slots()) {
            flaws.addAll(ExpressionChecker.check(slot.expression(), vocabulary));
        }
        flaws.forEach(flaw -> report(flaw, scalar, 0, report));
        return new Text(template, scalar);
    }

    /** Reads a text that becomes code: nothing that an outsider can choose may stand in it. */
    Text command(YamlNode.Scalar scalar, Report report) {
        // Variables are the shell's: what a value holds never becomes a part of the command.
        var flaws = new ArrayList<Flaw>();
        var text = check(Template.parse(scalar.text(), flaws), flaws, scalar, vocabulary, report);
        for (var slot : text.template().slots()) {
            var type = ExpressionChecker.typeOf(slot.expression(), vocabulary);
            if (type != Type.NUMBER && type != Type.BOOLEAN) {
                refuseUntrusted(slot, scalar, report);
            }
        }
        return text;
    }

    private static void refuseUntrusted(
            Template.Part.Slot slot, YamlNode.Scalar scalar, Report report) {
        var paths =
                slot.expression().references().map(Expression.Reference::path).distinct().toList();
        for (var path : paths) {
            var variable = variable(path);
            if (variable != null) {
                report.error(
                        ProblemCode.UNTRUSTED_VALUE,
                        report.within(scalar, slot.offset(), slot.length()),
                        "'%s' would put a value from outside into a command".formatted(path),
                        "write \"$%s\" instead: the shell reads it from the environment"
                                .formatted(variable));
            }
        }
    }

    /** Returns the variable that holds the value, or null if the value is the author's own. */
    private static @Nullable String variable(String path) {
        var event = PipelineVocabulary.EVENT_VARIABLES.get(path);
        var name = path.substring(path.indexOf('.') + 1);
        return switch (PipelineVocabulary.namespace(path)) {
            case "env" -> name;
            case "parameters", "inputs", "pipeline" -> Variables.ofParameter(name);
            default -> event;
        };
    }

    /** Reads environment variables, by name. */
    Map<String, Text> environment(Fields fields, String key, Place place) {
        var field = fields.get(key);
        if (field == null || isNothing(field.value())) {
            return Map.of();
        }
        var report = fields.report();
        var map = Values.map(field, report);
        if (map == null) {
            return Map.of();
        }
        var variables = new LinkedHashMap<String, Text>();
        for (var entry : map.entries()) {
            var name = entry.key().text();
            checkVariable(entry, report);
            var what = "variable '%s'".formatted(Values.shown(name));
            var value = late(entry.value(), what, place, report);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return Collections.unmodifiableMap(variables);
    }

    /** Reads the inputs of an action; their names are the action's own. */
    Map<String, Text> inputs(YamlNode.Mapping map, Report report) {
        var inputs = new LinkedHashMap<String, Text>();
        for (var entry : map.entries()) {
            var what = "input '%s'".formatted(Values.shown(entry.key().text()));
            var value = late(entry.value(), what, Place.VALUE_OF_STEP, report);
            if (value != null) {
                inputs.put(entry.key().text(), value);
            }
        }
        return Collections.unmodifiableMap(inputs);
    }

    /** Reads a value that may be known only when the job starts; null after reporting. */
    private @Nullable Text late(YamlNode node, String what, Place place, Report report) {
        return switch (node) {
            case YamlNode.Scalar scalar -> value(scalar, vocabulary.in(place), report);
            case YamlNode.Mapping map -> SecretNames.value(map, report.in(what));
            case YamlNode.Sequence _ -> {
                report.error(
                        ProblemCode.WRONG_TYPE,
                        node.mark(),
                        "%s must be text, but it is %s".formatted(what, node.kind()),
                        "write one text");
                yield null;
            }
        };
    }

    private static void checkVariable(YamlNode.Entry entry, Report report) {
        var name = entry.key().text();
        if (!Variables.isName(name)) {
            report.error(
                    ProblemCode.BAD_NAME,
                    entry.key().mark(),
                    "'%s' is no name for a variable".formatted(Values.shown(name)),
                    "use letters, digits and '_', and no digit at the beginning");
        } else if (Variables.isReserved(name)
                && !(name.equals("CI")
                        && entry.value() instanceof YamlNode.Scalar(var text, _, _)
                        && text.equals("true"))) {
            report.error(
                    ProblemCode.RESERVED_VARIABLE,
                    entry.key().mark(),
                    "'%s' is set by the server for each run".formatted(name),
                    "choose another name");
        }
    }

    /** Reads a condition; null if there is none or it is wrong. */
    @Nullable Guard condition(Fields fields) {
        var field = fields.get("if");
        var scalar = field == null ? null : Values.scalar(field, fields.report());
        return scalar == null ? null : condition(scalar, fields.report());
    }

    /** Likewise, of a text that is there. */
    @Nullable Guard condition(YamlNode.Scalar scalar, Report report) {
        var text = scalar.text();
        int from = 0;
        int to = text.length();
        var trimmed = text.strip();
        if (trimmed.startsWith("${{") && trimmed.endsWith("}}")) {
            from = text.indexOf("${{") + 3;
            to = text.lastIndexOf("}}");
        }
        return condition(scalar, from, text.substring(from, Math.max(from, to)), report);
    }

    private @Nullable Guard condition(
            YamlNode.Scalar scalar, int from, String text, Report report) {
        try {
            var expression = ExpressionParser.parse(text);
            var flaws =
                    ExpressionChecker.checkCondition(expression, vocabulary.in(Place.CONDITION));
            flaws.forEach(flaw -> report(flaw, scalar, from, report));
            return new Guard(text.strip().replaceAll("\\s+", " "), expression, scalar, from);
        } catch (ExpressionException e) {
            report(e.flaw(), scalar, from, report);
            return null;
        }
    }

    private static void report(Flaw flaw, YamlNode.Scalar scalar, int shift, Report report) {
        var code =
                switch (flaw.kind()) {
                    case SYNTAX -> ProblemCode.EXPRESSION;
                    case TYPE -> ProblemCode.EXPRESSION_TYPE;
                    case UNKNOWN -> ProblemCode.UNKNOWN_IDENTIFIER;
                    case SECRET -> ProblemCode.SECRET_IN_TEXT;
                };
        report.error(
                code,
                report.within(scalar, flaw.offset() + shift, flaw.length()),
                flaw.message(),
                flaw.fix());
    }

    static boolean isNothing(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.isNull();
    }
}
