package io.headrace.language.expression;

import io.headrace.language.expression.Lexer.Kind;
import io.headrace.language.expression.Lexer.Token;
import io.headrace.language.spelling.Spelling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses an expression. Nesting is bounded, so that no text can exhaust the stack. */
public final class ExpressionParser {

    private static final int MAX_DEPTH = 10;
    private static final int MAX_DIGITS = 18;

    private final List<Token> tokens;
    private int next;
    private int depth;

    private ExpressionParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Parses {@code text}, which is not wrapped in <code>${{ }}</code>. */
    public static Expression parse(String text) throws ExpressionException {
        var parser = new ExpressionParser(Lexer.tokens(text));
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
            if (!operator.isLogical() && following != null && !following.isLogical()) {
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
        if (++depth > MAX_DEPTH + 1) {
            throw new ExpressionException(
                    token.offset(), token.length(), "nested deeper than 10", "nest less");
        }
        var operand =
                switch (token.kind()) {
                    case NUMBER -> number(token);
                    case TEXT -> literal(new Value.Text(token.text()), token);
                    case NAME -> named(token);
                    case SYMBOL -> symbol(token);
                    case END -> throw unexpected(token);
                };
        depth--;
        return operand;
    }

    private Expression symbol(Token token) throws ExpressionException {
        if (token.is("!")) {
            var operand = operand();
            int end = operand.offset() + operand.length();
            return new Expression.Not(operand, token.offset(), end - token.offset());
        }
        if (token.is("(")) {
            var inner = expression(Operator.OR.strength());
            expect(")", token);
            return inner;
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
            arguments.add(expression(Operator.OR.strength()));
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
        if (arguments.size() != function.arguments()) {
            throw new ExpressionException(
                    name.offset(),
                    length,
                    "%s takes %d arguments, not %d"
                            .formatted(name.text(), function.arguments(), arguments.size()),
                    function.arguments() == 0
                            ? "write %s()".formatted(name.text())
                            : "write %s(text, part)".formatted(name.text()));
        }
        return new Expression.Call(function, arguments, name.offset(), length);
    }

    private Expression number(Token token) throws ExpressionException {
        if (token.length() > MAX_DIGITS) {
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
                        "the parenthesis that opens here is never closed",
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
