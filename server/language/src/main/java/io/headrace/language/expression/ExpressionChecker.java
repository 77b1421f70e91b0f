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
                        case Value.Items _ -> Type.LIST;
                        case Value.Fields _ -> Type.ANY;
                    };
            case Expression.Reference reference -> reference(reference);
            case Expression.Not not -> {
                want(Type.BOOLEAN, not.operand(), "'!' needs true or false");
                yield Type.BOOLEAN;
            }
            case Expression.Negative negative -> {
                want(Type.NUMBER, negative.operand(), "'-' calculates with numbers");
                yield Type.NUMBER;
            }
            case Expression.Binary binary -> binary(binary);
            case Expression.Index index -> {
                var of =
                        want(
                                Type.LIST,
                                index.target(),
                                "only lists and objects have parts",
                                "make one of it with fromJSON() or split()");
                type(index.key());
                yield of == Type.LIST ? Type.LOOSE : Type.ANY;
            }
            case Expression.Call call -> call(call);
        };
    }

    private Type reference(Expression.Reference reference) {
        var type = vocabulary.type(reference.path());
        if (type == null) {
            var refusal = vocabulary.refusal(reference.path());
            flaws.add(
                    refusal == null
                            ? flaw(
                                    Flaw.Kind.UNKNOWN,
                                    reference,
                                    "'%s' is not known here".formatted(reference.path()),
                                    suggestion(reference.path()))
                            : flaw(refusal.kind(), reference, refusal.message(), refusal.fix()));
            // Nothing more to say about a value that isn't there.
            return Type.ANY;
        }
        return type;
    }

    /** A name may have dashes in it, so that a minus needs a space before it. */
    private String suggestion(String path) {
        int dash = path.indexOf('-');
        return dash > 0 && vocabulary.type(path.substring(0, dash)) != null
                ? "write spaces around '-' to subtract"
                : vocabulary.suggest(path);
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
            possible(binary.left(), binary.right());
            possible(binary.right(), binary.left());
        } else if (operator == Operator.PLUS) {
            return sum(binary);
        } else if (!operator.isComparison()) {
            var need = "'%s' calculates with numbers".formatted(operator.symbol());
            want(Type.NUMBER, binary.left(), need);
            want(Type.NUMBER, binary.right(), need);
            return Type.NUMBER;
        } else {
            var need = "'%s' compares numbers".formatted(operator.symbol());
            want(Type.NUMBER, binary.left(), need);
            want(Type.NUMBER, binary.right(), need);
        }
        return Type.BOOLEAN;
    }

    /** A sum of numbers is one; with anything else it may become text. */
    private Type sum(Expression.Binary binary) {
        var left = type(binary.left());
        var right = type(binary.right());
        addend(binary.left(), left);
        addend(binary.right(), right);
        return left == Type.NUMBER && right == Type.NUMBER ? Type.NUMBER : Type.LOOSE;
    }

    private void addend(Expression side, Type type) {
        if (type == Type.BOOLEAN || type == Type.LIST) {
            flaws.add(
                    new Flaw(
                            Flaw.Kind.TYPE,
                            side.offset(),
                            side.length(),
                            "'+' adds numbers or joins texts, but '%s' is %s"
                                    .formatted(side.print(), type.words()),
                            type == Type.LIST
                                    ? "make a text of it with join()"
                                    : "use it in a condition"));
        }
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

    /** A name that can have a few values only is never equal to another one. */
    private void possible(Expression name, Expression other) {
        if (name instanceof Expression.Reference(var path, _, _)
                && other instanceof Expression.Literal(Value.Text(var text), _, _)) {
            var values = vocabulary.values(path);
            if (!values.isEmpty() && !values.contains(text)) {
                flaws.add(
                        flaw(
                                Flaw.Kind.TYPE,
                                other,
                                "'%s' is never %s".formatted(path, other.print()),
                                "write one of " + String.join(", ", values)));
            }
        }
    }

    private static Flaw flaw(Flaw.Kind kind, Expression at, String message, String fix) {
        return new Flaw(kind, at.offset(), at.length(), message, fix);
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
        var looks = "%s() looks at text".formatted(call.function().keyword());
        var arguments = call.arguments();
        return switch (call.function()) {
            case CONTAINS -> {
                var in = arguments.getFirst();
                var type = type(in);
                if (type != Type.LIST) {
                    require(Type.TEXT, type, in, looks, textOf(in));
                }
                want(Type.TEXT, arguments.get(1), looks);
                yield Type.BOOLEAN;
            }
            case STARTS_WITH, ENDS_WITH -> {
                arguments.forEach(argument -> want(Type.TEXT, argument, looks));
                yield Type.BOOLEAN;
            }
            case SUCCESS, FAILURE, ALWAYS -> Type.BOOLEAN;
            case HASH_FILES -> files(call);
            case SPLIT -> {
                arguments.forEach(argument -> want(Type.TEXT, argument, looks));
                yield Type.LIST;
            }
            case JOIN -> {
                want(
                        Type.LIST,
                        arguments.getFirst(),
                        "join() joins the values of a list",
                        "make a list with split() or fromJSON()");
                if (arguments.size() > 1) {
                    want(Type.TEXT, arguments.get(1), looks);
                }
                yield Type.TEXT;
            }
            case FORMAT -> {
                want(Type.TEXT, arguments.getFirst(), looks);
                arguments.stream().skip(1).forEach(this::type);
                yield Type.TEXT;
            }
            case FROM_JSON -> {
                want(Type.TEXT, arguments.getFirst(), "fromJSON() reads text");
                yield Type.ANY;
            }
            case TO_JSON -> {
                type(arguments.getFirst());
                yield Type.TEXT;
            }
        };
    }

    private Type files(Expression.Call call) {
        if (!vocabulary.allowsFiles()) {
            flaws.add(
                    flaw(
                            Flaw.Kind.TYPE,
                            call,
                            "hashFiles() has no value here: the files are there only when a step"
                                    + " starts",
                            "it can stand in 'environment' and 'with' of a step, and in the key of"
                                    + " a cache"));
        }
        for (var argument : call.arguments()) {
            want(Type.TEXT, argument, "hashFiles() takes globs, which are text");
            var flaw =
                    argument instanceof Expression.Literal(Value.Text(var glob), _, _)
                            ? vocabulary.flawOfGlob(glob)
                            : null;
            if (flaw != null) {
                flaws.add(
                        flaw(
                                Flaw.Kind.TYPE,
                                argument,
                                "the glob %s %s".formatted(argument.print(), flaw),
                                "write one such as **/pom.xml, relative to the workspace"));
            }
        }
        return Type.TEXT;
    }

    private void want(Type wanted, Expression expression, String need) {
        want(
                wanted,
                expression,
                need,
                switch (wanted) {
                    case BOOLEAN -> "compare it, for instance with '=='";
                    case NUMBER ->
                            isWrittenOut(expression)
                                    ? "write a number without quotes"
                                    : "use a value that is a number";
                    case TEXT, LOOSE, LIST, ANY -> textOf(expression);
                });
    }

    private static String textOf(Expression expression) {
        return isWrittenOut(expression) ? "put it in quotes" : "use a value that is text";
    }

    private static boolean isWrittenOut(Expression expression) {
        return expression instanceof Expression.Literal;
    }

    private Type want(Type wanted, Expression expression, String need, String fix) {
        var type = type(expression);
        require(wanted, type, expression, need, fix);
        return type;
    }

    private void require(Type wanted, Type type, Expression expression, String need, String fix) {
        if (!type.canBe(wanted)) {
            flaws.add(
                    new Flaw(
                            Flaw.Kind.TYPE,
                            expression.offset(),
                            expression.length(),
                            "%s, but '%s' is %s".formatted(need, expression.print(), type.words()),
                            fix));
        }
    }
}
