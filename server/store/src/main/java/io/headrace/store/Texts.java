package io.headrace.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes texts fit their columns, and words for people. */
final class Texts {

    private Texts() {}

    /**
     * Returns {@code text}, cut to {@code length} characters with an ellipsis at its end, and
     * without the character NUL, which PostgreSQL refuses.
     */
    static String fit(String text, int length) {
        var clean = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        if (clean.length() <= length) {
            return clean;
        }
        var end = Character.isHighSurrogate(clean.charAt(length - 2)) ? length - 2 : length - 1;
        return clean.substring(0, end) + "…";
    }

    static @Nullable String fitOrNull(@Nullable String text, int length) {
        return text == null ? null : fit(text, length);
    }

    /** Returns words such as {@code 1 h 30 min}; below a second, milliseconds. */
    static String words(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + " ms";
        }
        var words = new ArrayList<String>();
        add(words, duration.toHours(), "h");
        add(words, duration.toMinutesPart(), "min");
        add(words, duration.toSecondsPart(), "s");
        return String.join(" ", words);
    }

    private static void add(List<String> words, long amount, String unit) {
        if (amount > 0) {
            words.add(amount + " " + unit);
        }
    }
}
