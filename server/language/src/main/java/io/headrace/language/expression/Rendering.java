package io.headrace.language.expression;

import io.headrace.language.expression.Template.Part;
import io.headrace.language.expression.Template.Part.Form;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts values into one text. For one thread. */
final class Rendering {

    /** What becomes of values that are known only when the job starts. */
    enum Open {
        /** They are flaws. */
        REFUSED,
        /** What is left of the text is an expression. */
        LEFT,
        /** Digests of files stay in the text as <code>{{ hashFiles("file") }}</code>. */
        WRITTEN
    }

    private static final int MAX_LENGTH = 131_072;

    private final String text;
    private final Facts facts;
    private final Open mode;
    private final List<Flaw> undefined = new ArrayList<>();

    /**
     * @param text that is rendered
     * @param mode what becomes of values that are known only when the job starts
     */
    Rendering(String text, Facts facts, Open mode) {
        this.text = text;
        this.facts = facts;
        this.mode = mode;
    }

    /** Returns the text; nothing of it may be open. */
    String render(List<Part> parts) throws ExpressionException {
        return reduce(parts) instanceof Expression.Literal(var value, _, _) ? value.text() : "";
    }

    /** Returns a text, or what is left of it. */
    Expression reduce(List<Part> parts) throws ExpressionException {
        var reduced = joined(parts);
        if (!undefined.isEmpty()) {
            throw new ExpressionException(undefined);
        }
        return reduced;
    }

    private Expression joined(List<Part> parts) throws ExpressionException {
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
        var unknown =
                reduced.references().filter(each -> !facts.isKnownLater(each.path())).toList();
        if (unknown.stream().anyMatch(each -> !each.path().startsWith("env."))) {
            throw new ExpressionException(
                    new Flaw(
                            Flaw.Kind.UNKNOWN,
                            slot.offset(),
                            slot.length(),
                            "'%s' has no value when the run is planned".formatted(reduced.print()),
                            "define it in the pipeline"));
        }
        if (!unknown.isEmpty()) {
            return switch (facts.undefined()) {
                case ERROR -> {
                    unknown.forEach(each ->
                            undefined(
                                    each.path().substring(4),
                                    "'%s'".formatted(each.path()),
                                    each.offset(),
                                    each.length()));
                    yield text("");
                }
                case LITERAL -> text(written(slot.offset(), slot.length()));
                case EMPTY ->
                        known(
                                new Reducer(new Emptied(facts)).reduce(slot.expression()),
                                slot.offset(),
                                slot.length());
            };
        }
        boolean same =
                mode == Rendering.Open.WRITTEN && reduced.print().equals(slot.expression().print());
        return same && !(reduced instanceof Expression.Literal)
                ? text(written(slot.offset(), slot.length()))
                : known(reduced, slot.offset(), slot.length());
    }

    private Expression known(Expression reduced, int offset, int length)
            throws ExpressionException {
        return reduced instanceof Expression.Literal ? reduced : open(reduced, offset, length);
    }

    /** Returns what is known later, where that may stand. */
    private Expression open(Expression reduced, int offset, int length) throws ExpressionException {
        if (mode == Open.LEFT) {
            return reduced;
        }
        if (mode == Open.WRITTEN && reduced.references().findAny().isEmpty()) {
            return text("{{ " + reduced.print() + " }}");
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
            case DEFAULT -> value.isEmpty() ? joined(variable.word()) : text(value);
            case ALTERNATE -> value.isEmpty() ? text("") : joined(variable.word());
            case BRACED, FIRST, EACH ->
                    found == null
                            ? undefined(variable)
                            : variable.form() == Form.BRACED
                                    ? text(value)
                                    : replaced(value, variable);
        };
    }

    private Expression undefined(Part.Variable variable) {
        return switch (facts.undefined()) {
            case ERROR -> {
                undefined(
                        variable.name(),
                        "variable '%s'".formatted(variable.name()),
                        variable.offset(),
                        variable.length());
                yield text("");
            }
            case LITERAL -> text(written(variable.offset(), variable.length()));
            case EMPTY -> text("");
        };
    }

    private String written(int offset, int length) {
        return text.substring(offset, offset + length);
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
        var word = joined(variable.word());
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

    /** Remembers a variable that nobody defined, once for each text. */
    private void undefined(String name, String shown, int offset, int length) {
        var message = shown + " has no value when the run is planned";
        if (undefined.stream().noneMatch(flaw -> flaw.message().equals(message))) {
            undefined.add(
                    new Flaw(Flaw.Kind.UNKNOWN, offset, length, message, facts.suggest(name)));
        }
    }

    /** In which what is unknown is empty. */
    private record Emptied(Facts facts) implements Facts {

        @Override
        public @Nullable Value value(String path) {
            var value = facts.value(path);
            return value == null && facts.later(path) == null && path.startsWith("env.")
                    ? new Value.Text("")
                    : value;
        }

        @Override
        public @Nullable Expression later(String path) {
            return facts.later(path);
        }

        @Override
        public void spend(int characters) throws ExpressionException {
            facts.spend(characters);
        }

        @Override
        public @Nullable Boolean status(Function function) {
            return facts.status(function);
        }
    }
}
