package io.headrace.language.expression;

import java.util.ArrayList;
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
                    var later = facts.later(reference.path());
                    yield later == null ? reference : later;
                }
                seen.put(reference.path(), Value.shown(value));
                yield literal(value, reference);
            }
            case Expression.Not not -> {
                var operand = truth(reduce(not.operand()), not.operand());
                yield known(operand)
                        .<Expression>map(value -> literal(Value.of(!value), not))
                        .orElseGet(() -> new Expression.Not(operand, not.offset(), not.length()));
            }
            case Expression.Binary binary ->
                    binary.operator().isLogical() ? logical(binary) : calculation(binary);
            case Expression.Negative negative -> {
                var operand = reduce(negative.operand());
                yield operand instanceof Expression.Literal(var value, _, _)
                        ? literal(Arithmetic.negated(negative, value), negative)
                        : new Expression.Negative(operand, negative.offset(), negative.length());
            }
            case Expression.Index index -> index(index);
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

    private Expression index(Expression.Index index) throws ExpressionException {
        var target = reduce(index.target());
        var key = reduce(index.key());
        if (target instanceof Expression.Literal(var value, _, _)) {
            Calls.checkHasParts(index, value);
            if (key instanceof Expression.Literal(var which, _, _)) {
                return literal(Calls.part(index, value, which), index);
            }
        }
        return Expression.part(target, key, index.offset(), index.length());
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

    private Expression calculation(Expression.Binary binary) throws ExpressionException {
        var left = reduce(binary.left());
        var right = reduce(binary.right());
        if (left instanceof Expression.Literal(var a, _, _)
                && right instanceof Expression.Literal(var b, _, _)) {
            return literal(result(binary, a, b), binary);
        }
        return new Expression.Binary(
                binary.operator(), left, right, binary.offset(), binary.length());
    }

    private Value result(Expression.Binary binary, Value a, Value b) throws ExpressionException {
        return switch (binary.operator()) {
            case EQUAL -> Value.of(Comparing.equal(a, b));
            case NOT_EQUAL -> Value.of(!Comparing.equal(a, b));
            case LESS -> Value.of(order(binary, a, b) < 0);
            case LESS_OR_EQUAL -> Value.of(order(binary, a, b) <= 0);
            case GREATER -> Value.of(order(binary, a, b) > 0);
            case GREATER_OR_EQUAL -> Value.of(order(binary, a, b) >= 0);
            case PLUS -> Arithmetic.sum(binary, a, b, facts);
            case MINUS, TIMES, DIVIDE -> Arithmetic.of(binary, a, b);
            case OR, AND -> throw new IllegalStateException(binary.print());
        };
    }

    private static int order(Expression.Binary binary, Value a, Value b)
            throws ExpressionException {
        return Comparing.number(a, binary.left()).compareTo(Comparing.number(b, binary.right()));
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
        var arguments = new ArrayList<Expression>();
        var values = new ArrayList<Value>();
        for (var argument : call.arguments()) {
            var reduced = reduce(argument);
            arguments.add(reduced);
            if (reduced instanceof Expression.Literal(var value, _, _)) {
                values.add(value);
            }
        }
        if (call.function() == Function.HASH_FILES) {
            return files(call, arguments, values);
        }
        return values.size() == arguments.size()
                ? literal(new Calls(facts).value(call, values), call)
                : new Expression.Call(call.function(), arguments, call.offset(), call.length());
    }

    private Expression files(Expression.Call call, List<Expression> arguments, List<Value> values)
            throws ExpressionException {
        if (values.size() < arguments.size()) {
            throw new ExpressionException(
                    new Flaw(
                            Flaw.Kind.TYPE,
                            call.offset(),
                            call.length(),
                            "which files '%s' means is not known when the run is planned"
                                    .formatted(call.print()),
                            "write the globs out"));
        }
        var hash = facts.hashFiles(values.stream().map(Value::text).toList());
        return hash == null
                ? new Expression.Call(call.function(), arguments, call.offset(), call.length())
                : literal(new Value.Text(hash), call);
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
}
