package io.headrace.language.expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates an expression as far as the facts go, and remembers the values that it looked at. For
 * one thread.
 */
public final class Reducer {

    private final Facts facts;
    private final Map<String, String> seen = new LinkedHashMap<>();

    public Reducer(Facts facts) {
        this.facts = facts;
    }

    /**
     * Returns a {@link Expression.Literal} if the facts decide the expression, else what is left of
     * it.
     *
     * @throws ExpressionException if a value can't be used as the expression wants to
     */
    public Expression reduce(Expression expression) throws ExpressionException {
        return switch (expression) {
            case Expression.Literal literal -> literal;
            case Expression.Reference reference -> {
                var value = facts.value(reference.path());
                if (value == null) {
                    yield reference;
                }
                seen.put(reference.path(), shown(value));
                yield literal(value, reference);
            }
            case Expression.Not not -> {
                var operand = truth(reduce(not.operand()), not.operand());
                yield known(operand)
                        .<Expression>map(value -> literal(Value.of(!value), not))
                        .orElseGet(() -> new Expression.Not(operand, not.offset(), not.length()));
            }
            case Expression.Binary binary ->
                    binary.operator().isLogical() ? logical(binary) : comparison(binary);
            case Expression.Call call -> call(call);
        };
    }

    /** Reduces an expression that must be true or false. */
    public Expression reduceCondition(Expression expression) throws ExpressionException {
        return truth(reduce(expression), expression);
    }

    /** Returns the values that were looked at, as written in an expression, by name. */
    public Map<String, String> seen() {
        return seen;
    }

    private Expression logical(Expression.Binary binary) throws ExpressionException {
        // What decides the result alone: true for ||, false for &&.
        boolean deciding = binary.operator() == Operator.OR;
        var left = truth(reduce(binary.left()), binary.left());
        var leftKnown = known(left);
        if (leftKnown.isPresent() && leftKnown.get() == deciding) {
            return literal(Value.of(deciding), binary);
        }
        var right = truth(reduce(binary.right()), binary.right());
        var rightKnown = known(right);
        if (leftKnown.isPresent()) {
            return right;
        }
        if (rightKnown.isPresent()) {
            return rightKnown.get() == deciding ? literal(Value.of(deciding), binary) : left;
        }
        return new Expression.Binary(
                binary.operator(), left, right, binary.offset(), binary.length());
    }

    private Expression comparison(Expression.Binary binary) throws ExpressionException {
        var left = reduce(binary.left());
        var right = reduce(binary.right());
        if (left instanceof Expression.Literal(var a, _, _)
                && right instanceof Expression.Literal(var b, _, _)) {
            boolean holds =
                    binary.operator().isEquality()
                            ? Comparing.equal(a, b) == (binary.operator() == Operator.EQUAL)
                            : ordered(binary, a, b);
            return literal(Value.of(holds), binary);
        }
        return new Expression.Binary(
                binary.operator(), left, right, binary.offset(), binary.length());
    }

    private static boolean ordered(Expression.Binary binary, Value a, Value b)
            throws ExpressionException {
        int order =
                Comparing.number(a, binary.left()).compareTo(Comparing.number(b, binary.right()));
        return switch (binary.operator()) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case OR, AND, EQUAL, NOT_EQUAL -> throw new IllegalStateException(binary.print());
        };
    }

    private Expression call(Expression.Call call) throws ExpressionException {
        if (call.function().isStatus()) {
            var status = facts.status(call.function());
            if (status == null) {
                return call;
            }
            seen.put(call.print(), String.valueOf(status));
            return literal(Value.of(status), call);
        }
        var text = reduce(call.arguments().get(0));
        var part = reduce(call.arguments().get(1));
        if (text instanceof Expression.Literal(var a, _, _)
                && part instanceof Expression.Literal(var b, _, _)) {
            boolean holds =
                    switch (call.function()) {
                        case CONTAINS -> a.text().contains(b.text());
                        case STARTS_WITH -> a.text().startsWith(b.text());
                        case ENDS_WITH -> a.text().endsWith(b.text());
                        case SUCCESS, FAILURE, ALWAYS ->
                                throw new IllegalStateException(call.print());
                    };
            return literal(Value.of(holds), call);
        }
        return new Expression.Call(
                call.function(), List.of(text, part), call.offset(), call.length());
    }

    /** Makes a known text true or false; leaves what is not known yet. */
    private static Expression truth(Expression reduced, Expression written)
            throws ExpressionException {
        return reduced instanceof Expression.Literal(var value, _, _)
                ? literal(Value.of(Comparing.truth(value, written)), reduced)
                : reduced;
    }

    private static Optional<Boolean> known(Expression reduced) {
        return reduced instanceof Expression.Literal(Value.Truth(var value), _, _)
                ? Optional.of(value)
                : Optional.empty();
    }

    private static Expression.Literal literal(Value value, Expression from) {
        return new Expression.Literal(value, from.offset(), from.length());
    }

    private static String shown(Value value) {
        var literal = value.literal();
        return literal.length() <= 120 ? literal : literal.substring(0, 119) + "…";
    }
}
