package io.headrace.language.expression;

import io.headrace.language.expression.Template.Part;
import io.headrace.language.expression.Template.Part.Form;
import java.util.List;

/** Puts values into one text. For one thread. */
final class Rendering {

    private static final int MAX_LENGTH = 131_072;

    private final Facts facts;
    private final boolean waits;

    /**
     * @param waits whether a value may be known only when the job starts
     */
    Rendering(Facts facts, boolean waits) {
        this.facts = facts;
        this.waits = waits;
    }

    /** Returns the text; nothing of it may be open. */
    String render(List<Part> parts) throws ExpressionException {
        return reduce(parts) instanceof Expression.Literal(var value, _, _) ? value.text() : "";
    }

    /** Returns a text, or what is left of it. */
    Expression reduce(List<Part> parts) throws ExpressionException {
        var rendered = new OpenText();
        for (var part : parts) {
            switch (part) {
                case Part.Fixed(var fixed) -> rendered.append(fixed);
                case Part.Slot slot -> append(rendered, value(slot), slot.offset(), slot.length());
                case Part.Variable variable ->
                        append(rendered, value(variable), variable.offset(), variable.length());
            }
        }
        return rendered.toExpression();
    }

    private static void append(OpenText rendered, Expression value, int offset, int length)
            throws ExpressionException {
        if (!(value instanceof Expression.Literal(var known, _, _))) {
            rendered.append(value, offset, length);
            return;
        }
        var text = known.text();
        if (text.length() > MAX_LENGTH || rendered.length() + text.length() > 8 * MAX_LENGTH) {
            throw new ExpressionException(
                    new Flaw(
                            Flaw.Kind.TYPE,
                            offset,
                            length,
                            "the text becomes too long with the values in it",
                            "a value has at most 131,072 characters"));
        }
        rendered.append(text);
    }

    private Expression value(Part.Slot slot) throws ExpressionException {
        var reduced = new Reducer(facts).reduce(slot.expression());
        if (reduced instanceof Expression.Literal) {
            return reduced;
        }
        var unknown =
                reduced.references()
                        .map(Expression.Reference::path)
                        .filter(path -> !facts.isKnownLater(path))
                        .findFirst()
                        .orElse(null);
        if (unknown == null) {
            return open(reduced, slot.offset(), slot.length());
        }
        if (unknown.startsWith("env.")) {
            throw unknown(
                    unknown.substring(4), "'%s'".formatted(unknown), slot.offset(), slot.length());
        }
        throw new ExpressionException(
                new Flaw(
                        Flaw.Kind.UNKNOWN,
                        slot.offset(),
                        slot.length(),
                        "'%s' has no value when the run is planned".formatted(reduced.print()),
                        "define it in the pipeline"));
    }

    /** Returns what is known later, where that may stand. */
    private Expression open(Expression reduced, int offset, int length) throws ExpressionException {
        if (waits) {
            return reduced;
        }
        throw new ExpressionException(
                new Flaw(
                        reduced.references().anyMatch(each -> each.path().startsWith("secrets."))
                                ? Flaw.Kind.SECRET
                                : Flaw.Kind.UNKNOWN,
                        offset,
                        length,
                        "'%s' has no value before the job starts".formatted(reduced.print()),
                        "it can stand in variables and in inputs of actions: write \"$NAME\" of such"
                                + " a variable in commands"));
    }

    private Expression value(Part.Variable variable) throws ExpressionException {
        var path = "env." + variable.name();
        var found = facts.value(path);
        var later = found == null ? facts.later(path) : null;
        if (later != null) {
            return later(variable, later);
        }
        var value = found == null ? "" : found.text();
        return switch (variable.form()) {
            case PLAIN -> text(found == null ? "$" + variable.name() : value);
            case DEFAULT -> value.isEmpty() ? reduce(variable.word()) : text(value);
            case ALTERNATE -> value.isEmpty() ? text("") : reduce(variable.word());
            case BRACED, FIRST, EACH -> {
                if (found == null) {
                    throw unknown(
                            variable.name(),
                            "variable '%s'".formatted(variable.name()),
                            variable.offset(),
                            variable.length());
                }
                yield variable.form() == Form.BRACED ? text(value) : replaced(value, variable);
            }
        };
    }

    private Expression later(Part.Variable variable, Expression later) throws ExpressionException {
        return switch (variable.form()) {
            case PLAIN, BRACED -> open(later, variable.offset(), variable.length());
            case DEFAULT, ALTERNATE, FIRST, EACH ->
                    throw new ExpressionException(
                            new Flaw(
                                    Flaw.Kind.UNKNOWN,
                                    variable.offset(),
                                    variable.length(),
                                    "variable '%s' has no value before the job starts"
                                            .formatted(variable.name()),
                                    "write ${%s}, or decide it in a command"
                                            .formatted(variable.name())));
        };
    }

    private Expression replaced(String value, Part.Variable variable) throws ExpressionException {
        var pattern = variable.pattern();
        int first = value.indexOf(pattern);
        if (first < 0) {
            return text(value);
        }
        var word = reduce(variable.word());
        var replaced = new OpenText();
        int at = 0;
        for (int i = first; i >= 0; i = value.indexOf(pattern, at)) {
            replaced.append(value.substring(at, i));
            append(replaced, word, variable.offset(), variable.length());
            at = i + pattern.length();
            if (variable.form() == Form.FIRST) {
                break;
            }
        }
        replaced.append(value.substring(at));
        return replaced.toExpression();
    }

    private static Expression text(String text) {
        return new Expression.Literal(new Value.Text(text), 0, 0);
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
