package io.headrace.language.expression;

import java.math.BigDecimal;

/** Compares values; text that looks like a number is one beside a number. */
final class Comparing {

    private Comparing() {}

    static boolean equal(Value a, Value b) {
        if (a instanceof Value.Text text && b instanceof Value.Numeric(var number)) {
            return text.number().filter(n -> n.compareTo(number) == 0).isPresent();
        }
        if (a instanceof Value.Numeric && b instanceof Value.Text) {
            return equal(b, a);
        }
        if (a instanceof Value.Numeric(var x) && b instanceof Value.Numeric(var y)) {
            return x.compareTo(y) == 0;
        }
        return a.text().equals(b.text());
    }

    static BigDecimal number(Value value, Expression written) throws ExpressionException {
        if (value instanceof Value.Numeric(var number)) {
            return number;
        }
        var number = value instanceof Value.Text text ? text.number().orElse(null) : null;
        if (number == null) {
            throw mismatch(value, written, "which is no number");
        }
        return number;
    }

    static boolean truth(Value value, Expression written) throws ExpressionException {
        return switch (value) {
            case Value.Truth(var truth) -> truth;
            case Value.Text(var text) when text.equals("true") -> true;
            case Value.Text(var text) when text.equals("false") || text.isEmpty() -> false;
            case Value.Text _, Value.Numeric _ ->
                    throw mismatch(value, written, "which is neither true nor false");
        };
    }

    private static ExpressionException mismatch(Value value, Expression written, String why) {
        return new ExpressionException(
                new Flaw(
                        Flaw.Kind.TYPE,
                        written.offset(),
                        written.length(),
                        "'%s' is %s, %s".formatted(written.print(), value.literal(), why),
                        "compare it with '=='"));
    }
}
