package io.headrace.language.expression;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A parsed expression. Immutable. Its text, from {@link #print}, parses to the same again. */
public sealed interface Expression {

    /** Returns where it begins in the text that was parsed, in UTF-16 units. */
    int offset();

    /** Returns how many UTF-16 units of the text it spans. */
    int length();

    /** Returns it as text, parentheses only where they are needed. */
    String print();

    /**
     * Returns a part of {@code target}. {@code matrix["os"]} is {@code matrix.os}, a name.
     *
     * @param offset of the whole
     * @param length of the whole
     */
    static Expression part(Expression target, Expression key, int offset, int length) {
        return target instanceof Reference(var path, _, _)
                        && !path.contains(".")
                        && key instanceof Literal(Value.Text(var name), _, _)
                        && Lexer.canFollowADot(name)
                ? new Reference(path + "." + name, offset, length)
                : new Index(target, key, offset, length);
    }

    /** Returns the calls of {@code function} in it, in their order. */
    default Stream<Call> calls(Function function) {
        return switch (this) {
            case Literal _, Reference _ -> Stream.empty();
            case Not(var operand, _, _) -> operand.calls(function);
            case Negative(var operand, _, _) -> operand.calls(function);
            case Binary binary ->
                    Stream.concat(binary.left.calls(function), binary.right.calls(function));
            case Index index ->
                    Stream.concat(index.target.calls(function), index.key.calls(function));
            case Call call ->
                    Stream.concat(
                            call.function == function ? Stream.of(call) : Stream.empty(),
                            call.arguments.stream().flatMap(each -> each.calls(function)));
        };
    }

    /** Returns the names in it, in their order. */
    default Stream<Reference> references() {
        return switch (this) {
            case Literal _ -> Stream.empty();
            case Reference reference -> Stream.of(reference);
            case Not(var operand, _, _) -> operand.references();
            case Negative(var operand, _, _) -> operand.references();
            case Binary binary ->
                    Stream.concat(binary.left.references(), binary.right.references());
            case Index index -> Stream.concat(index.target.references(), index.key.references());
            case Call call -> call.arguments.stream().flatMap(Expression::references);
        };
    }

    /** A value that is written out. */
    record Literal(Value value, int offset, int length) implements Expression {
        @Override
        public String print() {
            return value.literal();
        }
    }

    /** A name with dots, such as {@code matrix.os}. */
    record Reference(String path, int offset, int length) implements Expression {
        @Override
        public String print() {
            return path;
        }
    }

    /** A negation. */
    record Not(Expression operand, int offset, int length) implements Expression {
        @Override
        public String print() {
            return operand instanceof Binary ? "!(" + operand.print() + ")" : "!" + operand.print();
        }
    }

    /** A number with its sign changed. */
    record Negative(Expression operand, int offset, int length) implements Expression {
        @Override
        public String print() {
            return operand instanceof Binary ? "-(" + operand.print() + ")" : "-" + operand.print();
        }
    }

    /** Two expressions and what joins them. */
    record Binary(Operator operator, Expression left, Expression right, int offset, int length)
            implements Expression {
        @Override
        public String print() {
            return side(left, false) + " " + operator.symbol() + " " + side(right, true);
        }

        private String side(Expression side, boolean right) {
            if (side instanceof Binary inner) {
                // A comparison does not chain, and everything else groups to the left.
                boolean sameNeeds = right || operator.isComparison();
                int strength = inner.operator.strength();
                if (strength < operator.strength()
                        || (sameNeeds && strength == operator.strength())) {
                    return "(" + side.print() + ")";
                }
            }
            return side.print();
        }
    }

    /** A part of a list, by number, or of an object, by name. */
    record Index(Expression target, Expression key, int offset, int length) implements Expression {

        private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

        @Override
        public String print() {
            // After a name, a dot would make a longer name; after a number, one with a fraction.
            boolean dots = target instanceof Call || target instanceof Index;
            return dots && key instanceof Literal(Value.Text(var name), _, _) && isPlain(name)
                    ? target.print() + "." + name
                    : of() + "[" + key.print() + "]";
        }

        private String of() {
            return switch (target) {
                case Literal(Value.Numeric(var number), _, _) when number.signum() < 0 ->
                        "(" + target.print() + ")";
                case Binary _, Not _, Negative _ -> "(" + target.print() + ")";
                case Literal _, Reference _, Index _, Call _ -> target.print();
            };
        }

        private static boolean isPlain(String name) {
            return PLAIN.matcher(name).matches();
        }
    }

    /** A call. */
    record Call(Function function, List<Expression> arguments, int offset, int length)
            implements Expression {

        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String print() {
            return arguments.stream()
                    .map(Expression::print)
                    .collect(Collectors.joining(", ", function.keyword() + "(", ")"));
        }
    }
}
