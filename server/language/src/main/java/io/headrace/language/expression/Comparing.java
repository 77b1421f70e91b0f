package io.headrace.language.expression;

import java.math.BigDecimal;
import java.util.Optional;

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
        return number(value, written, "compare it with '=='");
    }

    /** Returns the number to calculate with. */
    static BigDecimal operand(Value value, Expression written) throws ExpressionException {
        return number(value, written, "calculate with numbers of at most 18 digits");
    }

    private static BigDecimal number(Value value, Expression written, String fix)
            throws ExpressionException {
        var number = asNumber(value).orElse(null);
        if (number == null) {
            throw mismatch(value, written, "which is no number", fix);
        }
        return number;
    }

    /** Returns the number that a value is or looks like. */
    static Optional<BigDecimal> asNumber(Value value) {
        return switch (value) {
            case Value.Numeric(var number) -> Optional.of(number);
            case Value.Text text -> text.number();
            case Value.Truth _, Value.Items _, Value.Fields _ -> Optional.empty();
        };
    }

    static boolean truth(Value value, Expression written) throws ExpressionException {
        return switch (value) {
            case Value.Truth(var truth) -> truth;
            case Value.Text(var text) when text.equals("true") -> true;
            case Value.Text(var text) when text.equals("false") || text.isEmpty() -> false;
            case Value.Text _, Value.Numeric _, Value.Items _, Value.Fields _ ->
                    throw mismatch(
                            value,
                            written,
                            "which is neither true nor false",
                            "compare it with '=='");
        };
    }

    private static ExpressionException mismatch(
            Value value, Expression written, String why, String fix) {
        return new ExpressionException(
                new Flaw(
                        Flaw.Kind.TYPE,
                        written.offset(),
                        written.length(),
                        "'%s' is %s, %s".formatted(written.print(), Value.shown(value), why),
                        fix));
    }
}
