package io.headrace.language.expression;

import io.headrace.language.expression.Lexer.Kind;
import io.headrace.language.expression.Lexer.Token;
import io.headrace.language.spelling.Spelling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses an expression. Nesting is bounded, so that no text can exhaust the stack. For one text.
 */
public final class ExpressionParser {

    private static final int MAX_DEPTH = 10;

    private final List<Token> tokens;
    private final Bounds bounds;
    private int next;
    private int depth;

    private ExpressionParser(String text, Bounds bounds) throws ExpressionException {
        this.tokens = Lexer.tokens(text, bounds);
        this.bounds = bounds;
    }

    /**
     * Parses {@code text}, which is not wrapped in <code>${{ }}</code>.
     *
     * @return an expression whose {@link Expression#print} parses to the same again
     */
    public static Expression parse(String text) throws ExpressionException {
        var expression = parse(text, Bounds.WRITTEN);
        checkPrinted(expression);
        return expression;
    }

    /**
     * Parses what a {@link Reducer} left of an expression. Values stand in it, so that it may be
     * longer than what people write.
     *
     * @throws ExpressionException also if the values make it longer than 131,072 characters
     */
    public static Expression parseReduced(String text) throws ExpressionException {
        return parse(text, Bounds.REDUCED);
    }

    /** Quotes in texts are escaped when they are printed, and operators get spaces. */
    private static void checkPrinted(Expression expression) throws ExpressionException {
        try {
            Lexer.tokens(expression.print(), Bounds.PRINTED);
        } catch (ExpressionException e) {
            throw new ExpressionException(0, 1, e.flaw().message(), e.flaw().fix());
        }
    }

    private static Expression parse(String text, Bounds bounds) throws ExpressionException {
        var parser = new ExpressionParser(text, bounds);
        if (parser.peek().kind() == Kind.END) {
            throw new ExpressionException(
                    0, 1, "the expression is empty", "write one, such as branch == \"main\"");
        }
        var expression = parser.expression(Operator.OR.strength());
        var rest = parser.peek();
        if (rest.kind() != Kind.END) {
            throw parser.unexpected(rest);
        }
        return expression;
    }

    /** Reads operators that bind at least as tightly as {@code strength}. */
    private Expression expression(int strength) throws ExpressionException {
        var left = operand();
        for (var operator = operator(peek());
                operator != null && operator.strength() >= strength;
                operator = operator(peek())) {
            next++;
            var right = expression(operator.strength() + 1);
            int end = right.offset() + right.length();
            left = new Expression.Binary(operator, left, right, left.offset(), end - left.offset());
            var following = operator(peek());
            if (operator.isComparison() && following != null && following.isComparison()) {
                throw new ExpressionException(
                        peek().offset(),
                        peek().length(),
                        "comparisons can't be chained",
                        "join two of them with '&&'");
            }
        }
        return left;
    }

    private Expression operand() throws ExpressionException {
        var token = tokens.get(next++);
        var operand =
                switch (token.kind()) {
                    case NUMBER -> number(token);
                    case TEXT -> literal(new Value.Text(token.text()), token);
                    case NAME -> named(token);
                    case SYMBOL -> symbol(token);
                    case END -> throw unexpected(token);
                };
        return parts(operand);
    }

    /** Reads what follows a value in brackets or after a dot. */
    private Expression parts(Expression of) throws ExpressionException {
        var whole = of;
        for (int parts = 0; peek().is("[") || peek().is("."); ) {
            var open = tokens.get(next++);
            int from = whole.offset();
            if (open.is("[")) {
                deepen(++parts, open);
                var key = peek().isLiteral() ? operand() : inside(open);
                var end = expect("]", open);
                whole = Expression.part(whole, key, from, end.offset() + 1 - from);
                continue;
            }
            var names = tokens.get(next++);
            if (names.kind() != Kind.NAME) {
                throw new ExpressionException(
                        open.offset(),
                        open.length(),
                        "no name follows the dot",
                        "write one, or [0] for a value of a list");
            }
            int length = names.offset() + names.length() - from;
            for (var name : names.text().split("\\.", -1)) {
                deepen(++parts, open);
                var key = literal(new Value.Text(name), names);
                whole = Expression.part(whole, key, from, length);
            }
        }
        return whole;
    }

    /** Reads an expression inside of the brackets that {@code open} opens. */
    private Expression inside(Token open) throws ExpressionException {
        deepen(++depth, open);
        var inside = expression(Operator.OR.strength());
        depth--;
        return inside;
    }

    /** Reads what a sign stands before. */
    private Expression signed(Token sign) throws ExpressionException {
        deepen(++depth, sign);
        var operand = operand();
        depth--;
        return operand;
    }

    private static void deepen(int depth, Token at) throws ExpressionException {
        if (depth > MAX_DEPTH) {
            throw new ExpressionException(
                    at.offset(), at.length(), "nested deeper than 10", "nest less");
        }
    }

    private Expression symbol(Token token) throws ExpressionException {
        if (token.is("!")) {
            var operand = signed(token);
            int end = operand.offset() + operand.length();
            return new Expression.Not(operand, token.offset(), end - token.offset());
        }
        if (token.is("(")) {
            var inside = inside(token);
            expect(")", token);
            return inside;
        }
        if (token.is("-")) {
            // A value below zero is no deeper than another one: it may come in the place of a name.
            var operand = peek().kind() == Kind.NUMBER ? operand() : signed(token);
            int length = operand.offset() + operand.length() - token.offset();
            return operand instanceof Expression.Literal(Value.Numeric(var number), _, _)
                    ? new Expression.Literal(
                            new Value.Numeric(number.negate()), token.offset(), length)
                    : new Expression.Negative(operand, token.offset(), length);
        }
        throw unexpected(token);
    }

    private Expression named(Token token) throws ExpressionException {
        if (peek().is("(")) {
            return call(token);
        }
        return switch (token.text()) {
            case "true" -> literal(Value.TRUE, token);
            case "false" -> literal(Value.FALSE, token);
            case "and", "or", "not" -> throw unexpected(token);
            default -> new Expression.Reference(token.text(), token.offset(), token.length());
        };
    }

    private Expression call(Token name) throws ExpressionException {
        var open = tokens.get(next++);
        var arguments = new ArrayList<Expression>();
        while (!peek().is(")")) {
            arguments.add(inside(open));
            if (!peek().is(",")) {
                break;
            }
            next++;
        }
        var close = expect(")", open);
        var function = Function.named(name.text()).orElse(null);
        if (function == null) {
            throw new ExpressionException(
                    new Flaw(
                            Flaw.Kind.UNKNOWN,
                            name.offset(),
                            name.length(),
                            "there is no function '%s'".formatted(name.text()),
                            Spelling.suggestion(name.text(), Function.keywords(), "functions")));
        }
        int length = close.offset() + close.length() - name.offset();
        if (!function.takes(arguments.size())) {
            throw new ExpressionException(
                    name.offset(),
                    length,
                    "%s takes %s, not %d"
                            .formatted(name.text(), function.arguments(), arguments.size()),
                    "write " + function.usage());
        }
        return new Expression.Call(function, arguments, name.offset(), length);
    }

    private Expression number(Token token) throws ExpressionException {
        if (token.length() > bounds.digits()) {
            throw new ExpressionException(
                    token.offset(), token.length(), "the number is too long", "shorten it");
        }
        return literal(new Value.Numeric(new BigDecimal(token.text())), token);
    }

    private static Expression literal(Value value, Token token) {
        return new Expression.Literal(value, token.offset(), token.length());
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token expect(String symbol, Token open) throws ExpressionException {
        var token = tokens.get(next);
        if (!token.is(symbol)) {
            if (token.kind() == Kind.END) {
                throw new ExpressionException(
                        open.offset(),
                        open.length(),
                        "the %s that opens here is never closed"
                                .formatted(symbol.equals("]") ? "bracket" : "parenthesis"),
                        "close it");
            }
            throw unexpected(token);
        }
        next++;
        return token;
    }

    private static @Nullable Operator operator(Token token) {
        return Arrays.stream(Operator.values())
                .filter(operator -> token.is(operator.symbol()))
                .findFirst()
                .orElse(null);
    }

    private ExpressionException unexpected(Token token) {
        var fix =
                switch (token.text()) {
                    case "and" -> "write '&&'";
                    case "or" -> "write '||'";
                    case "not" -> "write '!'";
                    case "=" -> "write '=='";
                    case "[" ->
                            "make a list with split(\"a,b\", \",\") or fromJSON('[\"a\", \"b\"]')";
                    case "in" -> "write a comparison for each value, and join them with '||'";
                    default ->
                            token.kind() == Kind.END
                                    ? "write a name or a value after it"
                                    : token.kind() == Kind.NAME || token.kind() == Kind.TEXT
                                            ? "write an operator such as '==' or '&&' before it"
                                            : "remove it, or write what it belongs to";
                };
        return new ExpressionException(
                token.offset(),
                token.length(),
                token.kind() == Kind.END
                        ? "the expression ends too early"
                        : "%s is not expected here".formatted(token.shown()),
                fix);
    }
}
