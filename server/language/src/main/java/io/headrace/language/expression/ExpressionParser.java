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
    private static final int MAX_PARTS = 10;

    private final List<Token> tokens;
    private int next;
    private int depth;
    private int parts;

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
        var whole = parts(operand);
        depth--;
        return whole;
    }

    /** Reads what follows a value in brackets or after a dot. */
    private Expression parts(Expression of) throws ExpressionException {
        var whole = of;
        while (peek().is("[") || peek().is(".")) {
            var open = tokens.get(next++);
            Expression key;
            Token end;
            if (open.is("[")) {
                key = expression(Operator.OR.strength());
                end = expect("]", open);
            } else {
                end = tokens.get(next++);
                if (end.kind() != Kind.NAME) {
                    throw unexpected(end);
                }
                key = literal(new Value.Text(end.text()), end);
            }
            int length = end.offset() + end.length() - whole.offset();
            if (++parts > MAX_PARTS) {
                throw new ExpressionException(
                        open.offset(), open.length(), "nested deeper than 10", "nest less");
            }
            whole = part(whole, key, length, open.is("."));
        }
        return whole;
    }

    /** A name may be written in brackets too; after a dot, one token is several names. */
    private static Expression part(Expression whole, Expression key, int length, boolean dotted) {
        if (!(key instanceof Expression.Literal(Value.Text(var name), var at, var size))) {
            return new Expression.Index(whole, key, whole.offset(), length);
        }
        if (whole instanceof Expression.Reference(var path, var offset, _) && !path.contains(".")) {
            return new Expression.Reference(path + "." + name, offset, length);
        }
        var inner = whole;
        for (var each : dotted ? name.split("\\.") : new String[] {name}) {
            var part = new Expression.Literal(new Value.Text(each), at, size);
            inner = new Expression.Index(inner, part, whole.offset(), length);
        }
        return inner;
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
        if (token.is("-")) {
            var operand = operand();
            int length = operand.offset() + operand.length() - token.offset();
            return operand instanceof Expression.Literal(Value.Numeric(var number), _, _)
                    ? new Expression.Literal(
                            new Value.Numeric(number.negate()), token.offset(), length)
                    : new Expression.Binary(
                            Operator.MINUS,
                            new Expression.Literal(
                                    new Value.Numeric(BigDecimal.ZERO), token.offset(), 1),
                            operand,
                            token.offset(),
                            length);
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
