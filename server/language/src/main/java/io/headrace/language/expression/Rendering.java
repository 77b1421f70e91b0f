package io.headrace.language.expression;

import io.headrace.language.expression.Template.Part;
import io.headrace.language.expression.Template.Part.Form;
import java.util.List;

/** Puts values into one text. For one thread. */
final class Rendering {

    private static final int MAX_LENGTH = 131_072;

    private final Facts facts;

    Rendering(Facts facts) {
        this.facts = facts;
    }

    String render(List<Part> parts) throws ExpressionException {
        var rendered = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case Part.Fixed(var fixed) -> rendered.append(fixed);
                case Part.Slot slot ->
                        append(rendered, value(slot).text(), slot.offset(), slot.length());
                case Part.Variable variable ->
                        append(rendered, value(variable), variable.offset(), variable.length());
            }
        }
        return rendered.toString();
    }

    private static void append(StringBuilder rendered, String value, int offset, int length)
            throws ExpressionException {
        if (value.length() > MAX_LENGTH || rendered.length() + value.length() > 8 * MAX_LENGTH) {
            throw new ExpressionException(
                    new Flaw(
                            Flaw.Kind.TYPE,
                            offset,
                            length,
                            "the text becomes too long with the values in it",
                            "a value has at most 131,072 characters"));
        }
        rendered.append(value);
    }

    private Value value(Part.Slot slot) throws ExpressionException {
        var reduced = new Reducer(facts).reduce(slot.expression());
        if (reduced instanceof Expression.Literal(var value, _, _)) {
            return value;
        }
        if (reduced instanceof Expression.Reference(var path, _, _) && path.startsWith("env.")) {
            throw unknown(path.substring(4), "'%s'".formatted(path), slot.offset(), slot.length());
        }
        throw new ExpressionException(
                new Flaw(
                        Flaw.Kind.UNKNOWN,
                        slot.offset(),
                        slot.length(),
                        "'%s' has no value when the run is planned".formatted(reduced.print()),
                        "define it in the pipeline"));
    }

    private String value(Part.Variable variable) throws ExpressionException {
        var found = facts.value("env." + variable.name());
        var value = found == null ? "" : found.text();
        return switch (variable.form()) {
            case PLAIN -> found == null ? "$" + variable.name() : value;
            case DEFAULT -> value.isEmpty() ? render(variable.word()) : value;
            case ALTERNATE -> value.isEmpty() ? "" : render(variable.word());
            case BRACED, FIRST, EACH -> {
                if (found == null) {
                    throw unknown(
                            variable.name(),
                            "variable '%s'".formatted(variable.name()),
                            variable.offset(),
                            variable.length());
                }
                yield variable.form() == Form.BRACED ? value : replaced(value, variable);
            }
        };
    }

    private String replaced(String value, Part.Variable variable) throws ExpressionException {
        var pattern = variable.pattern();
        int first = value.indexOf(pattern);
        if (first < 0) {
            return value;
        }
        var word = render(variable.word());
        var replaced = new StringBuilder();
        int at = 0;
        for (int i = first; i >= 0; i = value.indexOf(pattern, at)) {
            append(replaced.append(value, at, i), word, variable.offset(), variable.length());
            at = i + pattern.length();
            if (variable.form() == Form.FIRST) {
                break;
            }
        }
        return replaced.append(value, at, value.length()).toString();
    }

    private ExpressionException unknown(String name, String shown, int offset, int length) {
        return new ExpressionException(
                new Flaw(
                        Flaw.Kind.UNKNOWN,
                        offset,
                        length,
                        shown + " has no value when the run is planned",
                        facts.suggest(name)));
    }
}
