package io.headrace.language.yaml;

import java.util.stream.IntStream;

/** The text of a file and its lines, which are divided as YAML divides them. */
public final class SourceText {

    private final int index;
    private final String file;
    private final String text;
    private final int[] lineStarts;

    /**
     * Takes a text; a byte order mark at its beginning is left out.
     *
     * @param file as the caller names it
     */
    public SourceText(String file, String text) {
        this(0, file, text);
    }

    /**
     * Likewise, for a file that is one of several.
     *
     * @param index its number among them; {@link Mark#source}
     */
    public SourceText(int index, String file, String text) {
        this.index = index;
        this.file = file;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.lineStarts =
                IntStream.concat(
                                IntStream.of(0),
                                IntStream.rangeClosed(1, this.text.length())
                                        .filter(this::followsLineBreak))
                        .toArray();
    }

    private boolean followsLineBreak(int at) {
        return switch (text.charAt(at - 1)) {
            case '\n', '\u0085', '\u2028', '\u2029' -> true;
            case '\r' -> at == text.length() || text.charAt(at) != '\n';
            default -> false;
        };
    }

    /** Returns its number among the files of a pipeline. */
    public int index() {
        return index;
    }

    /** Returns the name that the caller gave. */
    public String file() {
        return file;
    }

    /** Returns all of it. */
    public String text() {
        return text;
    }

    /** Returns the number of lines, at least 1. */
    public int lineCount() {
        return lineStarts.length;
    }

    /**
     * Returns a line without its line break; empty past the end.
     *
     * @param line counted from 1
     */
    public String line(int line) {
        if (line < 1 || line > lineStarts.length) {
            return "";
        }
        int start = lineStarts[line - 1];
        if (line == lineStarts.length) {
            return text.substring(start);
        }
        int end = lineStarts[line] - 1;
        return text.substring(
                start, end > start && text.startsWith("\r\n", end - 1) ? end - 1 : end);
    }

    /**
     * Returns where a part of a scalar stands, as nearly as its style lets us tell.
     *
     * @param offset in the scalar's text, in UTF-16 units
     * @param length in UTF-16 units
     */
    public Mark within(YamlNode.Scalar scalar, int offset, int length) {
        var text = scalar.text();
        var whole = scalar.mark();
        return switch (scalar.style()) {
            case PLAIN -> inLine(whole, text, 0, offset, length);
            case SINGLE_QUOTED, DOUBLE_QUOTED -> inLine(whole, text, 1, offset, length);
            case LITERAL -> inBlock(whole, text, offset, length);
            case FOLDED -> whole;
        };
    }

    /** Not exact where escapes, anchors or line breaks come before: then it is the whole scalar. */
    private Mark inLine(Mark whole, String text, int quotes, int offset, int length) {
        var line = line(whole.line());
        int start = index(line, whole.column()) + quotes;
        var upToPart = text.substring(0, Math.min(text.length(), offset + length));
        if (!line.startsWith(upToPart, start)) {
            return whole;
        }
        return at(index, whole.line(), line, start + offset, length);
    }

    private Mark inBlock(Mark whole, String text, int offset, int length) {
        int row = 0;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                row++;
                lineStart = i + 1;
            }
        }
        int lineEnd = text.indexOf('\n', lineStart);
        var wanted = text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd);
        int number = whole.line() + 1 + row;
        var line = line(number);
        if (!line.endsWith(wanted)) {
            return whole;
        }
        return at(
                index, number, line, line.length() - wanted.length() + offset - lineStart, length);
    }

    private static Mark at(int index, int number, String line, int start, int length) {
        int end = Math.min(line.length(), start + length);
        int column = line.codePointCount(0, Math.min(start, line.length())) + 1;
        return new Mark(index, number, column, end > start ? line.codePointCount(start, end) : 1);
    }

    private static int index(String line, int column) {
        int points = line.codePointCount(0, line.length());
        return line.offsetByCodePoints(0, Math.min(points, column - 1));
    }
}
