package io.headrace.language.expression;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads and writes JSON. Depth, numbers and length are bounded. For one text and one thread. */
final class Json {

    private static final int MAX_DEPTH = 10;
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9]\\d{0,17}+)(?:\\.\\d{1,18}+)?(?:[eE][+-]?\\d{1,2})?");

    /** Says where a text is no JSON. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Returns the value that {@code text} holds; {@code null} becomes an empty text. */
    static Value read(String text) throws Unreadable {
        var reader = new Json(text);
        var value = reader.value(0);
        if (reader.peek() != 0) {
            throw reader.unexpected();
        }
        return value;
    }

    /** Writes {@code value} without spaces. */
    static String write(Value value) {
        var written = new StringBuilder();
        write(value, written);
        return written.toString();
    }

    private Value value(int depth) throws Unreadable {
        if (depth > MAX_DEPTH) {
            throw new Unreadable("it is nested deeper than 10");
        }
        char c = peek();
        return switch (c) {
            case '{' -> fields(depth);
            case '[' -> items(depth);
            case '"' -> new Value.Text(quoted());
            default -> word(c);
        };
    }

    private Value word(char c) throws Unreadable {
        if (c == '-' || (c >= '0' && c <= '9')) {
            var number = NUMBER.matcher(text).region(at, text.length());
            if (!number.lookingAt()) {
                throw unexpected();
            }
            at = number.end();
            return new Value.Numeric(new BigDecimal(number.group()));
        }
        for (var word : List.of("true", "false", "null")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("null") ? new Value.Text("") : Value.of(word.equals("true"));
            }
        }
        throw unexpected();
    }

    private Value items(int depth) throws Unreadable {
        var items = new ArrayList<Value>();
        at++;
        if (peek() == ']') {
            at++;
            return new Value.Items(items);
        }
        do {
            items.add(value(depth + 1));
        } while (more(']'));
        return new Value.Items(items);
    }

    private Value fields(int depth) throws Unreadable {
        var fields = new LinkedHashMap<String, Value>();
        at++;
        if (peek() == '}') {
            at++;
            return new Value.Fields(fields);
        }
        do {
            if (peek() != '"') {
                throw unexpected();
            }
            var name = quoted();
            if (peek() != ':') {
                throw unexpected();
            }
            at++;
            fields.put(name, value(depth + 1));
        } while (more('}'));
        return new Value.Fields(fields);
    }

    private boolean more(char end) throws Unreadable {
        char c = peek();
        if (c != ',' && c != end) {
            throw unexpected();
        }
        at++;
        return c == ',';
    }

    private String quoted() throws Unreadable {
        var quoted = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return encodable(quoted.toString());
            }
            if (c < ' ') {
                throw unexpected();
            }
            quoted.append(c == '\\' ? escaped() : c);
        }
        throw unexpected();
    }

    /** No variable, file or database holds half a character, or the one numbered 0. */
    private static String encodable(String text) throws Unreadable {
        if (text.indexOf(0) >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new Unreadable("it has \\u0000 or half a character in it");
        }
        return text;
    }

    private char escaped() throws Unreadable {
        at++;
        char c = at < text.length() ? text.charAt(at) : 0;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw unexpected();
        };
    }

    private char unicode() throws Unreadable {
        int code = 0;
        for (int i = 1; i <= 4; i++) {
            int digit = at + i < text.length() ? hexadecimal(text.charAt(at + i)) : -1;
            if (digit < 0) {
                throw unexpected();
            }
            code = code * 16 + digit;
        }
        at += 4;
        return (char) code;
    }

    private static int hexadecimal(char c) {
        return "0123456789abcdef".indexOf(Character.toLowerCase(c));
    }

    /** Skips spaces; returns the next character, or 0 at the end. */
    private char peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private Unreadable unexpected() {
        return new Unreadable(
                at < text.length()
                        ? "'%s' at character %d is not expected"
                                .formatted(Character.toString(text.codePointAt(at)), at + 1)
                        : "it ends too early");
    }

    private static void write(Value value, StringBuilder written) {
        switch (value) {
            case Value.Text(var text) -> quote(text, written);
            case Value.Numeric _, Value.Truth _ -> written.append(value.text());
            case Value.Items(var items) -> {
                written.append('[');
                for (int i = 0; i < items.size(); i++) {
                    write(items.get(i), i == 0 ? written : written.append(','));
                }
                written.append(']');
            }
            case Value.Fields(var fields) -> {
                written.append('{');
                boolean first = true;
                for (Map.Entry<String, Value> field : fields.entrySet()) {
                    quote(field.getKey(), first ? written : written.append(','));
                    write(field.getValue(), written.append(':'));
                    first = false;
                }
                written.append('}');
            }
        }
    }

    private static void quote(String text, StringBuilder written) {
        written.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> written.append('\\').append(c);
                case '\n' -> written.append("\\n");
                case '\r' -> written.append("\\r");
                case '\t' -> written.append("\\t");
                default -> {
                    if (c < ' ') {
                        written.append("\\u%04x".formatted((int) c));
                    } else {
                        written.append(c);
                    }
                }
            }
        }
        written.append('"');
    }
}
