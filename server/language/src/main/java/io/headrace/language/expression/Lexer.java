package io.headrace.language.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Divides an expression into tokens. */
final class Lexer {

    // Possessive quantifiers: no text can make this backtrack.
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<space>\\s++)"
                            + "|(?<number>\\d++(?:\\.\\d++)?)"
                            + "|(?<name>[A-Za-z_][A-Za-z0-9_-]*+(?:\\.[A-Za-z0-9_-]++)*+)"
                            + "|'(?<single>[^']*+(?:''[^']*+)*+)'"
                            + "|\"(?<double>[^\"\\\\]*+(?:\\\\[\"\\\\][^\"\\\\]*+)*+)\""
                            + "|(?<symbol>==|!=|&&|\\|\\||<=|>=|[<>!(),+*/.\\[\\]-])");

    enum Kind {
        NUMBER,
        NAME,
        TEXT,
        SYMBOL,
        END
    }

    record Token(Kind kind, String text, int offset, int length) {

        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }

        boolean isLiteral() {
            return kind == Kind.NUMBER || kind == Kind.TEXT;
        }

        /** Returns the token as written, for messages. */
        String shown() {
            return kind == Kind.END ? "the end" : kind == Kind.TEXT ? "a text" : "'" + text + "'";
        }
    }

    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_-]++(?:\\.[A-Za-z0-9_-]++)*+");

    private Lexer() {}

    /** Tells whether {@code name}, after a name and a dot, is part of that name. */
    static boolean canFollowADot(String name) {
        return NAMES.matcher(name).matches();
    }

    static List<Token> tokens(String text, Bounds bounds) throws ExpressionException {
        bounds.checkLength(text.length());
        var tokens = new ArrayList<Token>();
        var matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.region(at, text.length()).lookingAt()) {
                throw unreadable(text, at);
            }
            if (matcher.group("space") == null) {
                tokens.add(token(matcher, at));
            }
            at = matcher.end();
            bounds.checkTokens(tokens.size(), at - 1);
        }
        tokens.add(new Token(Kind.END, "", text.stripTrailing().length(), 1));
        return tokens;
    }

    private static Token token(Matcher matcher, int at) {
        int length = matcher.end() - at;
        if (matcher.group("number") != null) {
            return new Token(Kind.NUMBER, matcher.group(), at, length);
        }
        if (matcher.group("name") != null) {
            return new Token(Kind.NAME, matcher.group(), at, length);
        }
        if (matcher.group("single") != null) {
            return new Token(Kind.TEXT, matcher.group("single").replace("''", "'"), at, length);
        }
        if (matcher.group("double") != null) {
            var text = matcher.group("double").replaceAll("\\\\(.)", "$1");
            return new Token(Kind.TEXT, text, at, length);
        }
        return new Token(Kind.SYMBOL, matcher.group(), at, length);
    }

    private static ExpressionException unreadable(String text, int at) {
        char c = text.charAt(at);
        return switch (c) {
            case '=' -> equals(text, at);
            case '&' -> new ExpressionException(at, 1, "a single '&' joins nothing", "write '&&'");
            case '|' -> new ExpressionException(at, 1, "a single '|' joins nothing", "write '||'");
            case '"', '\'' ->
                    new ExpressionException(
                            at,
                            text.length() - at,
                            "the quote that opens here is never closed",
                            "close it");
            case '$', '{', '}' ->
                    new ExpressionException(
                            at,
                            1,
                            "'%c' can't stand inside an expression".formatted(c),
                            "write names as they are, such as env.NAME or matrix.NAME");
            case '%' ->
                    new ExpressionException(
                            at, 1, "there is no '%'", "calculate the remainder in a command");
            case '?' ->
                    new ExpressionException(
                            at, 1, "there is no '?:'", "join conditions with '&&' and '||'");
            case '~' ->
                    new ExpressionException(
                            at,
                            1,
                            "there are no regular expressions",
                            "write startsWith, endsWith or contains");
            case '“', '”', '„', '‘', '’' ->
                    new ExpressionException(
                            at, 1, "'%c' is no quote".formatted(c), "write \" or ' instead");
            default ->
                    new ExpressionException(
                            at,
                            1,
                            "'%s' can't stand here"
                                    .formatted(Character.toString(text.codePointAt(at))),
                            "put text in quotes");
        };
    }

    private static ExpressionException equals(String text, int at) {
        if (text.startsWith("=~", at)) {
            return new ExpressionException(
                    at,
                    2,
                    "there are no regular expressions",
                    "write startsWith, endsWith or contains");
        }
        if (at >= 2 && text.startsWith("==", at - 2)) {
            return new ExpressionException(at - 2, 3, "there is no '==='", "write '=='");
        }
        return new ExpressionException(at, 1, "a single '=' compares nothing", "write '=='");
    }
}
