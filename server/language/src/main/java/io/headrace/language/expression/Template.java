package io.headrace.language.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with expressions in it: <code>${{ expression }}</code>, or <code>${matrix.os}</code> for a
 * single name. Everything else, <code>$VAR</code> and <code>${VAR}</code> included, is kept.
 */
public final class Template {

    // Bounded, because a text may begin a name in many places and end none.
    private static final Pattern OPEN =
            Pattern.compile("\\$\\{\\{|\\$\\{(?<name>[A-Za-z]{1,10})[.:][^{}$\\s]{0,200}\\}");
    private static final Set<String> SHORT =
            Set.of("matrix", "env", "parameters", "inputs", "pipeline");
    private static final Set<String> LATER = Set.of("secrets", "SECRET", "job", "JOB");

    /** A piece of a template. */
    public sealed interface Part {

        /** Text that is kept. */
        record Fixed(String text) implements Part {}

        /**
         * An expression whose value is put in its place.
         *
         * @param expression its offsets count from the beginning of the template
         * @param offset of the piece in the template
         * @param length of the piece, brackets included
         */
        record Slot(Expression expression, int offset, int length) implements Part {}
    }

    private final String text;
    private final List<Part> parts;

    private Template(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * Parses {@code text}.
     *
     * @param flaws takes what is wrong; the faulty pieces are kept as text
     */
    public static Template parse(String text, List<Flaw> flaws) {
        if (!text.contains("${")) {
            return new Template(text, List.of(new Part.Fixed(text)));
        }
        var parts = new ArrayList<Part>();
        var open = OPEN.matcher(text);
        int at = 0;
        int from = 0;
        while (open.find(from)) {
            int end = open.group("name") != null ? open.end() : close(text, open.end());
            if (end < 0) {
                flaws.add(
                        new Flaw(
                                Flaw.Kind.SYNTAX,
                                open.start(),
                                3,
                                "'${{' is never closed",
                                "write '}}' after the expression"));
                break;
            }
            var expression = expression(text, open.start(), end, open.group("name"), flaws);
            if (expression != null) {
                parts.add(new Part.Fixed(text.substring(at, open.start())));
                parts.add(new Part.Slot(expression, open.start(), end - open.start()));
                at = end;
            }
            from = end;
        }
        parts.add(new Part.Fixed(text.substring(at)));
        return new Template(text, parts);
    }

    /** Makes a template of a text in which nothing is an expression. */
    public static Template fixed(String text) {
        return new Template(text, List.of(new Part.Fixed(text)));
    }

    /** Returns the end of the expression that begins at {@code from}, or -1. */
    private static int close(String text, int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == '"' && c == '\\') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (text.startsWith("}}", i)) {
                return i + 2;
            }
        }
        return -1;
    }

    private static @Nullable Expression expression(
            String text, int start, int end, @Nullable String name, List<Flaw> flaws) {
        if (name != null && LATER.contains(name)) {
            flaws.add(later(text.substring(start, end), name, start));
            return null;
        }
        if (name != null && !SHORT.contains(name)) {
            return null;
        }
        int brackets = name == null ? 3 : 2;
        int closing = name == null ? 2 : 1;
        try {
            var code = text.substring(start + brackets, end - closing);
            return shift(ExpressionParser.parse(code), start + brackets);
        } catch (ExpressionException e) {
            flaws.add(e.flaw().shifted(start + brackets));
            return null;
        }
    }

    /** Says why a value that is known only when steps run can't stand in a text. */
    private static Flaw later(String written, String name, int start) {
        if (name.equalsIgnoreCase("secret") || name.equals("secrets")) {
            var secret = written.substring(name.length() + 3, written.length() - 1);
            return new Flaw(
                    Flaw.Kind.SECRET,
                    start,
                    written.length(),
                    "'%s' would put a secret into a text".formatted(written),
                    "list it under 'secrets' of the job, and write \"$%s\" in commands"
                            .formatted(secret));
        }
        return new Flaw(
                Flaw.Kind.UNKNOWN,
                start,
                written.length(),
                "'%s' has no value until that job is over".formatted(written),
                "use success() or failure() in 'if'");
    }

    private static Expression shift(Expression expression, int by) {
        return switch (expression) {
            case Expression.Literal e ->
                    new Expression.Literal(e.value(), e.offset() + by, e.length());
            case Expression.Reference e ->
                    new Expression.Reference(e.path(), e.offset() + by, e.length());
            case Expression.Not e ->
                    new Expression.Not(shift(e.operand(), by), e.offset() + by, e.length());
            case Expression.Binary e ->
                    new Expression.Binary(
                            e.operator(),
                            shift(e.left(), by),
                            shift(e.right(), by),
                            e.offset() + by,
                            e.length());
            case Expression.Call e ->
                    new Expression.Call(
                            e.function(),
                            e.arguments().stream().map(a -> shift(a, by)).toList(),
                            e.offset() + by,
                            e.length());
        };
    }

    /** Returns the text as written. */
    public String text() {
        return text;
    }

    /** Returns the expressions in it. */
    public List<Part.Slot> slots() {
        return parts.stream()
                .filter(Part.Slot.class::isInstance)
                .map(Part.Slot.class::cast)
                .toList();
    }

    /** Tells whether nothing in it depends on facts. */
    public boolean isFixed() {
        return parts.size() == 1;
    }

    /**
     * Puts values in the place of expressions. Values are not looked at again, whatever they hold.
     *
     * @throws ExpressionException if a value isn't known, or can't be used as wanted
     */
    public String render(Facts facts) throws ExpressionException {
        if (isFixed()) {
            return text;
        }
        var rendered = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case Part.Fixed(var fixed) -> rendered.append(fixed);
                case Part.Slot slot -> rendered.append(value(slot, facts).text());
            }
        }
        return rendered.toString();
    }

    private static Value value(Part.Slot slot, Facts facts) throws ExpressionException {
        var reduced = new Reducer(facts).reduce(slot.expression());
        if (reduced instanceof Expression.Literal(var value, _, _)) {
            return value;
        }
        throw new ExpressionException(
                new Flaw(
                        Flaw.Kind.UNKNOWN,
                        slot.offset(),
                        slot.length(),
                        "'%s' has no value when the run is planned".formatted(reduced.print()),
                        "define it in the pipeline"));
    }
}
