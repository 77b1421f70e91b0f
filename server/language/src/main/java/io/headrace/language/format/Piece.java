package io.headrace.language.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a YAML file as it is written: aliases are not followed, texts not interpreted.
 * Positions count lines and columns from 0, columns in code points.
 */
sealed interface Piece {

    /** Where something begins or ends. */
    record At(int line, int column) {}

    At start();

    At end();

    /**
     * Text, or an alias.
     *
     * @param text without quotes; the name of an alias
     * @param plain whether nothing but the text is written: no anchor, tag or block
     * @param style {@code '}, {@code "}, {@code |}, {@code >}, {@code *} for an alias, or a blank
     */
    record Scalar(String text, char style, boolean plain, At start, At end) implements Piece {

        boolean isBlock() {
            return style == '|' || style == '>';
        }
    }

    /** A list. */
    record Items(List<Piece> items, @Nullable String anchor, boolean flow, At start, At end)
            implements Piece {}

    /** A map. */
    record Table(List<Entry> entries, @Nullable String anchor, boolean flow, At start, At end)
            implements Piece {

        boolean merges() {
            return entries.stream().anyMatch(entry -> entry.key().text().equals("<<"));
        }
    }

    /** One line of a map. */
    record Entry(Scalar key, Piece value) {}
}
