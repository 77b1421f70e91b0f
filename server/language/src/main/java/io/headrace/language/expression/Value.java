package io.headrace.language.expression;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an expression can give. */
public sealed interface Value {

    Value TRUE = new Truth(true);
    Value FALSE = new Truth(false);

    /** Returns the value as it is put into a text. */
    String text();

    /** Returns the value as it is written in an expression. */
    String literal();

    /** Text; may look like a number or a boolean, and is then compared like one with such. */
    record Text(String text) implements Value {

        // Longer ones would make comparing slow for whoever can name a branch.
        private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,18})?");

        Optional<BigDecimal> number() {
            return NUMBER.matcher(text).matches()
                    ? Optional.of(new BigDecimal(text))
                    : Optional.empty();
        }

        @Override
        public String literal() {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }

    /** A number. */
    record Numeric(BigDecimal number) implements Value {

        public Numeric {
            // As it is when its digits are read again.
            number = number.scale() < 0 ? number.setScale(0) : number;
        }

        @Override
        public String text() {
            return number.toPlainString();
        }

        @Override
        public String literal() {
            return text();
        }
    }

    /** True or false. */
    record Truth(boolean value) implements Value {

        @Override
        public String text() {
            return String.valueOf(value);
        }

        @Override
        public String literal() {
            return text();
        }
    }

    /** What is written as JSON. */
    sealed interface Structure extends Value {

        @Override
        default String text() {
            return Json.write(this);
        }

        @Override
        default String literal() {
            return "fromJSON(" + new Text(text()).literal() + ")";
        }
    }

    /** A list. */
    record Items(List<Value> items) implements Structure {

        public Items {
            items = List.copyOf(items);
        }
    }

    /** An object: values by name, in their order. */
    record Fields(Map<String, Value> fields) implements Structure {

        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** Returns {@code value} for messages: as it is written, at most 120 characters. */
    static String shown(Value value) {
        var literal = value.literal();
        return literal.length() <= 120 ? literal : literal.substring(0, 119) + "…";
    }

    static Value of(boolean value) {
        return value ? TRUE : FALSE;
    }
}
