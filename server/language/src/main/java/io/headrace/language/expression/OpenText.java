package io.headrace.language.expression;

import java.util.ArrayList;
import java.util.List;

/** A text that is put together, of which parts may be known only later. For one thread. */
final class OpenText {

    /** As many values as {@link Function#FORMAT} takes after its pattern. */
    private static final int MAX_OPEN = 49;

    private final StringBuilder text = new StringBuilder();
    private final List<Expression> open = new ArrayList<>();

    /** Where in the text what is open belongs. */
    private final List<Integer> places = new ArrayList<>();

    /** Returns how long what is known is. */
    int length() {
        return text.length();
    }

    void append(String known) {
        text.append(known);
    }

    /**
     * Adds what is known later.
     *
     * @param offset of what stands for it
     * @param length of what stands for it
     * @throws ExpressionException if that is too much of it
     */
    void append(Expression later, int offset, int length) throws ExpressionException {
        if (open.size() == MAX_OPEN) {
            throw new ExpressionException(
                    new Flaw(
                            Flaw.Kind.TYPE,
                            offset,
                            length,
                            "more than 49 values of the text are known only when the job starts",
                            "divide it into several variables"));
        }
        places.add(text.length());
        open.add(later);
    }

    /** Returns the text, or what gives it when the rest is known. */
    Expression toExpression() {
        if (open.isEmpty()) {
            return new Expression.Literal(new Value.Text(text.toString()), 0, 0);
        }
        if (open.size() == 1 && text.isEmpty()) {
            return open.getFirst();
        }
        var pattern = new StringBuilder();
        int at = 0;
        for (int i = 0; i < open.size(); i++) {
            pattern.append(escaped(at, places.get(i))).append('{').append(i).append('}');
            at = places.get(i);
        }
        pattern.append(escaped(at, text.length()));
        var arguments = new ArrayList<Expression>();
        arguments.add(new Expression.Literal(new Value.Text(pattern.toString()), 0, 0));
        arguments.addAll(open);
        return new Expression.Call(Function.FORMAT, arguments, 0, 0);
    }

    private String escaped(int from, int to) {
        return text.substring(from, to).replace("{", "{{").replace("}", "}}");
    }
}
