package io.headrace.language.expression;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON. Depth and numbers are bounded; length is by whoever calls. Nothing but
 * texts, numbers, lists and the like is ever made of it.
 */
final class Json {

    private static final int MAX_DEPTH = 10;
    private static final String ENDED = "Unexpected end-of-input";
    private static final Pattern NUMBER =
            Pattern.compile("-?\\d{1,18}+(?:\\.\\d{1,18}+)?(?:[eE][+-]?\\d{1,2})?");
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(100)
                                    .build())
                    .build();

    private Json() {}

    /** Says where a text is no JSON. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /** Returns the value that {@code text} holds; {@code null} becomes an empty text. */
    static Value read(String text) throws Unreadable {
        try (var parser = FACTORY.createParser(text)) {
            return read(text, parser);
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory can always be read", e);
        }
    }

    private static Value read(String text, JsonParser parser) throws IOException, Unreadable {
        try {
            var value = value(parser, parser.nextToken());
            if (parser.nextToken() != null) {
                throw unexpected(text, parser);
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw new Unreadable(
                    "it is nested deeper than %d, or has a number with more than 18 digits"
                            .formatted(MAX_DEPTH));
        } catch (JsonParseException e) {
            // Behind a comma the library has no type of its own for it.
            throw e instanceof JsonEOFException || e.getOriginalMessage().startsWith(ENDED)
                    ? new Unreadable("it ends too early")
                    : unexpected(text, parser);
        }
    }

    /** Writes {@code value} without spaces. */
    static String write(Value value) {
        var written = new StringWriter();
        try (var generator = FACTORY.createGenerator(written)) {
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory can always be written", e);
        }
        return written.toString();
    }

    private static Value value(JsonParser parser, @Nullable JsonToken token)
            throws IOException, Unreadable {
        return switch (token) {
            case null -> throw new Unreadable("it ends too early");
            case START_OBJECT -> fields(parser);
            case START_ARRAY -> items(parser);
            case VALUE_STRING -> new Value.Text(encodable(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_TRUE -> Value.of(true);
            case VALUE_FALSE -> Value.of(false);
            case VALUE_NULL -> new Value.Text("");
            default -> throw new IllegalStateException("No value begins with " + token);
        };
    }

    private static Value items(JsonParser parser) throws IOException, Unreadable {
        var items = new ArrayList<Value>();
        for (var token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            items.add(value(parser, token));
        }
        return new Value.Items(items);
    }

    private static Value fields(JsonParser parser) throws IOException, Unreadable {
        var fields = new LinkedHashMap<String, Value>();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            fields.put(encodable(name), value(parser, parser.nextToken()));
        }
        return new Value.Fields(fields);
    }

    private static Value number(String digits) throws Unreadable {
        if (!NUMBER.matcher(digits).matches()) {
            throw new Unreadable("a number in it has more than 18 digits, or an exponent of three");
        }
        return new Value.Numeric(new BigDecimal(digits));
    }

    /** No variable, file or database holds half a character, or the one numbered 0. */
    private static String encodable(String text) throws Unreadable {
        if (text.indexOf(0) >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new Unreadable("it has \\u0000 or half a character in it");
        }
        return text;
    }

    private static Unreadable unexpected(String text, JsonParser parser) {
        var offset = parser.currentTokenLocation().getCharOffset();
        var at = (int) Math.max(0, Math.min(offset, text.length()));
        return new Unreadable(
                at < text.length()
                        ? "'%s' at character %d is not expected"
                                .formatted(Character.toString(text.codePointAt(at)), at + 1)
                        : "it ends too early");
    }

    private static void write(Value value, JsonGenerator generator) throws IOException {
        switch (value) {
            case Value.Text(var text) -> generator.writeString(text);
            case Value.Numeric number -> generator.writeNumber(number.text());
            case Value.Truth truth -> generator.writeBoolean(truth.value());
            case Value.Items(var items) -> {
                generator.writeStartArray();
                for (var item : items) {
                    write(item, generator);
                }
                generator.writeEndArray();
            }
            case Value.Fields(var fields) -> {
                generator.writeStartObject();
                for (var field : fields.entrySet()) {
                    generator.writeFieldName(field.getKey());
                    write(field.getValue(), generator);
                }
                generator.writeEndObject();
            }
        }
    }
}
