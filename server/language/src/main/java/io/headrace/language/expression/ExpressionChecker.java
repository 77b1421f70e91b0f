package io.headrace.language.expression;

import java.util.ArrayList;
import java.util.List;

/** Finds names that do not exist and values of the wrong type. */
public final class ExpressionChecker {

    private final Vocabulary vocabulary;
    private final List<Flaw> flaws = new ArrayList<>();

    private ExpressionChecker(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Checks an expression that must be true or false. */
    public static List<Flaw> checkCondition(Expression expression, Vocabulary vocabulary) {
        var checker = new ExpressionChecker(vocabulary);
        checker.want(Type.BOOLEAN, expression, "a condition must be true or false");
        return checker.flaws;
    }

    /** Checks an expression whose value is put into a text. */
    public static List<Flaw> check(Expression expression, Vocabulary vocabulary) {
        var checker = new ExpressionChecker(vocabulary);
        checker.type(expression);
        return checker.flaws;
    }

    /** Returns the type of an expression that has no flaws. */
    public static Type typeOf(Expression expression, Vocabulary vocabulary) {
        return new ExpressionChecker(vocabulary).type(expression);
    }

    private Type type(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal ->
                    switch (literal.value()) {
                        case Value.Text _ -> Type.TEXT;
                        case Value.Numeric _ -> Type.NUMBER;
                        case Value.Truth _ -> Type.BOOLEAN;
                    };
            case Expression.Reference reference -> reference(reference);
            case Expression.Not not -> {
                want(Type.BOOLEAN, not.operand(), "'!' needs true or false");
                yield Type.BOOLEAN;
            }
            case Expression.Binary binary -> binary(binary);
            case Expression.Call call -> call(call);
        };
    }

    private Type reference(Expression.Reference reference) {
        var type = vocabulary.type(reference.path());
        if (type == null) {
            flaws.add(
                    new Flaw(
                            Flaw.Kind.UNKNOWN,
                            reference.offset(),
                            reference.length(),
                            "'%s' is not known here".formatted(reference.path()),
                            vocabulary.suggest(reference.path())));
            // Nothing more to say about a value that isn't there.
            return Type.LOOSE;
        }
        return type;
    }

    private Type binary(Expression.Binary binary) {
        var operator = binary.operator();
        if (operator.isLogical()) {
            var need = "'%s' needs true or false on both sides".formatted(operator.symbol());
            want(Type.BOOLEAN, binary.left(), need);
            want(Type.BOOLEAN, binary.right(), need);
        } else if (operator.isEquality()) {
            var left = type(binary.left());
            var right = type(binary.right());
            if (!left.comparableWith(right)) {
                mismatch(binary, left, right);
            }
        } else {
            var need = "'%s' compares numbers".formatted(operator.symbol());
            want(Type.NUMBER, binary.left(), need);
            want(Type.NUMBER, binary.right(), need);
        }
        return Type.BOOLEAN;
    }

    private void mismatch(Expression.Binary binary, Type left, Type right) {
        flaws.add(
                new Flaw(
                        Flaw.Kind.TYPE,
                        binary.offset(),
                        binary.length(),
                        "'%s' is %s and '%s' is %s: they are never equal"
                                .formatted(
                                        binary.left().print(),
                                        left.words(),
                                        binary.right().print(),
                                        right.words()),
                        left == Type.TEXT || right == Type.TEXT
                                ? "put the other side in quotes"
                                : "compare values of one type"));
    }

    private Type call(Expression.Call call) {
        if (call.function().isStatus() && !vocabulary.allowsStatus()) {
            flaws.add(
                    new Flaw(
                            Flaw.Kind.TYPE,
                            call.offset(),
                            call.length(),
                            "%s() has no value here".formatted(call.function().keyword()),
                            "use it in 'if' only"));
        }
        for (var argument : call.arguments()) {
            want(Type.TEXT, argument, "%s() looks at text".formatted(call.function().keyword()));
        }
        return Type.BOOLEAN;
    }

    private void want(Type wanted, Expression expression, String need) {
        var type = type(expression);
        if (!type.canBe(wanted)) {
            flaws.add(
                    new Flaw(
                            Flaw.Kind.TYPE,
                            expression.offset(),
                            expression.length(),
                            "%s, but '%s' is %s".formatted(need, expression.print(), type.words()),
                            switch (wanted) {
                                case BOOLEAN -> "compare it, for instance with '=='";
                                case NUMBER -> "write a number without quotes";
                                case TEXT, LOOSE -> "put it in quotes";
                            }));
        }
    }
}
