package io.headrace.language;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks values of parameters. */
final class ParameterCheck {

    private static final int MAX_LENGTH = 1000;
    private static final int MAX_STEPS = 200_000;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");

    /** A pattern took more steps than we grant it. */
    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Text that counts how often a pattern looks at it, because patterns can backtrack for ever.
     */
    private static final class Counted implements CharSequence {

        private final String text;
        private int steps;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > MAX_STEPS) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private ParameterCheck() {}

    /** Tells what is wrong with a value, such as {@code "x" is no number}; null if nothing is. */
    static @Nullable String flaw(Parameter parameter, String value) {
        if (value.length() > MAX_LENGTH) {
            return "is longer than %d characters".formatted(MAX_LENGTH);
        }
        if (value.indexOf('\0') >= 0) {
            return "has a NUL character in it";
        }
        var shown = "'" + Values.shown(value) + "'";
        var wrongType =
                switch (parameter.type()) {
                    case STRING -> null;
                    case NUMBER -> NUMBER.matcher(value).matches() ? null : " is no number";
                    case BOOLEAN ->
                            value.equals("true") || value.equals("false")
                                    ? null
                                    : " is neither true nor false";
                };
        if (wrongType != null) {
            return shown + wrongType;
        }
        if (!parameter.choices().isEmpty() && !parameter.choices().contains(value)) {
            return shown + " is none of " + String.join(", ", parameter.choices());
        }
        var pattern = parameter.pattern();
        return pattern == null || matches(pattern, value)
                ? null
                : "%s does not match the pattern %s".formatted(shown, pattern.pattern());
    }

    private static boolean matches(Pattern pattern, String value) {
        try {
            return pattern.matcher(new Counted(value)).matches();
        } catch (TooManySteps e) {
            // A value for which the pattern takes so long is as good as one that doesn't match.
            return false;
        }
    }
}
