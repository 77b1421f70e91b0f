package io.headrace.language.expression;

import java.math.BigDecimal;
import java.math.MathContext;

/** Calculates. Results have at most 36 digits; quotients are rounded to 16. */
final class Arithmetic {

    private static final int MAX_DIGITS = 36;

    private Arithmetic() {}

    /** Adds what looks like numbers on both sides, and joins everything else as text. */
    static Value sum(Expression.Binary written, Value a, Value b, Facts facts)
            throws ExpressionException {
        var x = Comparing.asNumber(a);
        var y = Comparing.asNumber(b);
        if (x.isPresent() && y.isPresent()) {
            return checked(x.get().add(y.get()), written);
        }
        return new Calls(facts).made(written, a.text() + b.text());
    }

    static Value negated(Expression.Negative written, Value value) throws ExpressionException {
        return new Value.Numeric(Comparing.operand(value, written.operand()).negate());
    }

    static Value of(Expression.Binary written, Value a, Value b) throws ExpressionException {
        var x = Comparing.operand(a, written.left());
        var y = Comparing.operand(b, written.right());
        return switch (written.operator()) {
            case MINUS -> checked(x.subtract(y), written);
            case TIMES -> checked(x.multiply(y), written);
            case DIVIDE -> {
                if (y.signum() == 0) {
                    throw flaw(
                            written,
                            "'%s' divides by zero".formatted(written.print()),
                            "divide by another number");
                }
                yield checked(x.divide(y, MathContext.DECIMAL64).stripTrailingZeros(), written);
            }
            case OR, AND, EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, PLUS ->
                    throw new IllegalStateException(written.print());
        };
    }

    private static Value checked(BigDecimal number, Expression.Binary written)
            throws ExpressionException {
        if (number.precision() > MAX_DIGITS || Math.abs(number.scale()) > 2 * MAX_DIGITS) {
            throw flaw(
                    written, "the number has more than 36 digits", "calculate with smaller ones");
        }
        return new Value.Numeric(number);
    }

    private static ExpressionException flaw(Expression at, String message, String fix) {
        return new ExpressionException(
                new Flaw(Flaw.Kind.TYPE, at.offset(), at.length(), message, fix));
    }
}
