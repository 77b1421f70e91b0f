package io.headrace.language.format;

import io.headrace.language.schema.Schema;
import io.headrace.language.schema.Shape;
import io.headrace.language.yaml.SourceText;

/**
 * Writes a pipeline file in one style: keys in the order of the documents and by their first names,
 * two spaces for each level, quotes only where they are needed. Comments, anchors, blocks and what
 * stands between brackets stay as they are; jobs and variables stay in their order. What a file
 * means never changes: that is checked each time.
 */
public final class Formatter {

    private Formatter() {}

    /**
     * Formats a text in which the parser has found no errors. Formatting the result changes
     * nothing.
     *
     * @throws FormatException if the file uses YAML that can't be formatted
     */
    public static String format(String text) throws FormatException {
        var source = new SourceText("", text);
        var shape = new Shape.Table(Schema.PIPELINE);
        var before = Meaning.of(source, shape);
        for (var style : Style.values()) {
            var formatted = new Writer(source, style).write(shape);
            // Moving keys can bring an alias before its anchor.
            if (before.equals(Meaning.of(new SourceText("", formatted), shape))) {
                return formatted;
            }
        }
        throw new FormatException("its anchors and aliases can't be kept; format it by hand");
    }

    /** How much is changed, most first. */
    enum Style {
        ORDERED,
        RENAMED,
        SPACED
    }
}
