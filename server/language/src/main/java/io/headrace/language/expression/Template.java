package io.headrace.language.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with expressions in it: <code>${{ expression }}</code>, or <code>${matrix.os}</code> for a
 * single name. What a shell will read keeps its <code>$VAR</code> and <code>${VAR}</code>; in other
 * texts they are variables too.
 */
public final class Template {

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

        /**
         * A variable as shells write it, whose value is put in its place.
         *
         * @param pattern text to replace in the value; empty unless the form replaces
         * @param word what stands after the form's sign: a default, an alternate, a replacement
         * @param offset of the piece in the template
         * @param length of the piece
         */
        record Variable(
                String name, Form form, String pattern, List<Part> word, int offset, int length)
                implements Part {

            public Variable {
                word = List.copyOf(word);
            }
        }

        /** How a variable is written. */
        enum Form {
            /** <code>$NAME</code>, which stays as it is where there is no such variable. */
            PLAIN,
            /** <code>${NAME}</code>. */
            BRACED,
            /** <code>${NAME:-word}</code>: the word, where the variable is unset or empty. */
            DEFAULT,
            /** <code>${NAME:+word}</code>: the word, unless the variable is unset or empty. */
            ALTERNATE,
            /** <code>${NAME/pattern/word}</code>: the word instead of the first pattern. */
            FIRST,
            /** <code>${NAME//pattern/word}</code>: the word instead of each pattern. */
            EACH
        }
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
        return new Template(text, new TemplateParser(text, false, flaws).parse());
    }

    /**
     * Parses a text that no shell will read: variables in it, such as <code>${NAME:-default}</code>
     * , are replaced too.
     *
     * @param flaws takes what is wrong; the faulty pieces are kept as text
     */
    public static Template parseValue(String text, List<Flaw> flaws) {
        return new Template(text, new TemplateParser(text, true, flaws).parse());
    }

    /** Makes a template of a text in which nothing is an expression. */
    public static Template fixed(String text) {
        return new Template(text, List.of(new Part.Fixed(text)));
    }

    /** Returns the text as written. */
    public String text() {
        return text;
    }

    /** Returns the expressions in it. */
    public List<Part.Slot> slots() {
        var slots = new ArrayList<Part.Slot>();
        collect(parts, slots);
        return slots;
    }

    private static void collect(List<Part> parts, List<Part.Slot> slots) {
        for (var part : parts) {
            switch (part) {
                case Part.Fixed _ -> {}
                case Part.Slot slot -> slots.add(slot);
                case Part.Variable variable -> collect(variable.word(), slots);
            }
        }
    }

    /** Tells whether nothing in it depends on facts. */
    public boolean isFixed() {
        return parts.stream().allMatch(Part.Fixed.class::isInstance);
    }

    /**
     * Puts values in the place of expressions and variables. Values are not looked at again,
     * whatever they hold.
     *
     * @return a {@link Value.Text}, or what is left of the text where something is known only when
     *     the job starts: that alone, or a call of {@link Function#FORMAT}
     * @throws ExpressionException if a value will not be known either, can't be used as wanted, or
     *     is longer than 131,072 characters
     */
    public Expression reduce(Facts facts) throws ExpressionException {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Fixed(var fixed)) {
            return new Expression.Literal(new Value.Text(fixed), 0, text.length());
        }
        var reduced = new Rendering(text, facts, Rendering.Open.LEFT).reduce(parts);
        if (reduced instanceof Expression.Literal(var value, _, _)) {
            facts.spend(value.text().length());
        } else {
            // What is open is longer, by quotes and braces, than what it will be made of.
            var printed = reduced.print();
            facts.spend(printed.length());
            ExpressionParser.parseReduced(printed);
        }
        return reduced;
    }

    /**
     * Puts values in the place of expressions and variables. Values are not looked at again,
     * whatever they hold.
     *
     * @throws ExpressionException if a value isn't known, can't be used as wanted, or is longer
     *     than 131,072 characters
     */
    public String render(Facts facts) throws ExpressionException {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Fixed(var fixed)) {
            return fixed;
        }
        return render(facts, Rendering.Open.REFUSED);
    }

    /**
     * Likewise, but calls of {@link Function#HASH_FILES} stay in it, as {@code {{ hashFiles("file")
     * }}}.
     */
    public String renderAllButFiles(Facts facts) throws ExpressionException {
        return render(facts, Rendering.Open.WRITTEN);
    }

    private String render(Facts facts, Rendering.Open open) throws ExpressionException {
        var rendered = new Rendering(text, facts, open).render(parts);
        facts.spend(rendered.length());
        return rendered;
    }
}
