package io.headrace.language.format;

import io.headrace.language.yaml.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file, taken from the top. What is between pieces is comments and empty lines, and
 * goes with the piece below it. Lines are counted from 0, columns in code points.
 */
final class SourceLines {

    /** An empty line that belongs to a text. */
    static final String EMPTY_IN_BLOCK = "\u0000";

    /** Another text for a part of the file. */
    record Edit(Piece.At start, Piece.At end, String text) {}

    private final SourceText source;
    private int next;

    SourceLines(SourceText source) {
        this.source = source;
    }

    int count() {
        return source.lineCount();
    }

    String text(int line) {
        return source.line(line + 1);
    }

    /** Goes on behind {@code line}. */
    void skip(int line) {
        next = Math.max(next, line + 1);
    }

    /** Takes the comments and empty lines up to {@code line}, indented anew. */
    List<String> comments(int line, int indent) throws FormatException {
        var taken = new ArrayList<String>();
        for (; next < line; next++) {
            var text = text(next).strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                throw new FormatException("line %d can't be formatted".formatted(next + 1));
            }
            taken.add(text.isEmpty() ? "" : " ".repeat(indent) + text);
        }
        return taken;
    }

    /**
     * Takes the comments at the end of a block: those that are indented like it, and deeper than
     * what comes next.
     */
    List<String> trailing(int column, int indent) throws FormatException {
        int content = next;
        while (content < count() && isBetween(text(content))) {
            content++;
        }
        int least = content < count() ? Math.max(column, indentOf(text(content)) + 1) : column;
        int end = next;
        for (int line = next; line < content; line++) {
            var text = text(line);
            if (!text.isBlank() && indentOf(text) < least) {
                break;
            }
            end = text.isBlank() ? end : line + 1;
        }
        return comments(end, indent);
    }

    private static boolean isBetween(String text) {
        return text.isBlank() || text.strip().startsWith("#");
    }

    private static int indentOf(String text) {
        return text.length() - text.stripLeading().length();
    }

    /** Returns where the dash of {@code item}, the next one of a list, stands. */
    Piece.At nextDash(Piece item) throws FormatException {
        int line = next;
        while (line < count() && isBetween(text(line))) {
            line++;
        }
        var text = line < count() ? text(line) : "";
        if (line > item.start().line() || !text.stripLeading().startsWith("-")) {
            throw new FormatException(
                    "line %d: this list can't be formatted; begin each item on a line of its own"
                            .formatted(item.start().line() + 1));
        }
        return new Piece.At(line, indentOf(text));
    }

    /** Returns what stands between two places, with line breaks. */
    String slice(Piece.At start, Piece.At end) {
        return String.join("\n", sliced(start, end, List.of()));
    }

    private List<String> sliced(Piece.At start, Piece.At end, List<Edit> edits) {
        var sorted = new ArrayList<>(edits);
        sorted.sort(
                Comparator.comparingInt((Edit edit) -> edit.start().line())
                        .thenComparingInt(edit -> edit.start().column())
                        .reversed());
        var sliced = new ArrayList<String>();
        for (int line = start.line(); line <= end.line(); line++) {
            var text = text(line);
            // From the end, so that what is left of an edit stays where it is.
            text = line == end.line() ? text.substring(0, offset(text, end.column())) : text;
            for (var edit : sorted) {
                if (edit.start().line() == line) {
                    text =
                            text.substring(0, offset(text, edit.start().column()))
                                    + edit.text()
                                    + text.substring(offset(text, edit.end().column()));
                }
            }
            text = line == start.line() ? text.substring(offset(text, start.column())) : text;
            sliced.add(text);
        }
        return sliced;
    }

    private static int offset(String text, int column) {
        return text.offsetByCodePoints(0, Math.min(column, text.codePointCount(0, text.length())));
    }

    /** Returns the place behind the colon that follows a key. */
    Piece.At afterColon(Piece.At key) throws FormatException {
        var text = text(key.line());
        int colon = offset(text, key.column());
        while (colon < text.length() && text.charAt(colon) == ' ') {
            colon++;
        }
        if (colon >= text.length() || text.charAt(colon) != ':') {
            throw new FormatException(
                    "line %d: a key that begins with '?' can't be formatted; write it with a colon"
                            .formatted(key.line() + 1));
        }
        return new Piece.At(key.line(), text.codePointCount(0, colon) + 1);
    }

    /** Returns {@code head} with the rest of its line: an anchor, a comment. */
    String headOf(String head, Piece.At from) {
        skip(from.line());
        return with(head, rest(from));
    }

    private String rest(Piece.At from) {
        var text = text(from.line());
        return text.substring(offset(text, from.column())).strip();
    }

    private static String with(String text, String more) {
        return more.isEmpty() ? text : text + " " + more;
    }

    /**
     * Writes a text that is no block.
     *
     * @param text instead of what is written, or null
     */
    List<String> inline(
            String head, Piece.Scalar scalar, @Nullable String text, Piece.At from, int inner)
            throws FormatException {
        var body = text != null ? List.of(text) : sliced(scalar.start(), scalar.end(), List.of());
        var out = new ArrayList<String>();
        out.add(with(head, body.getFirst().strip()));
        for (var line : body.subList(1, body.size())) {
            out.add(line.isBlank() ? EMPTY_IN_BLOCK : " ".repeat(inner) + line.strip());
        }
        return finished(out, scalar, from);
    }

    /** Writes what stands between brackets: as it is, but for keys and indentation. */
    List<String> flow(String head, Piece flow, List<Edit> edits, Piece.At from, int inner)
            throws FormatException {
        var body = sliced(flow.start(), flow.end(), edits);
        var out = new ArrayList<String>();
        out.add(with(head, body.getFirst().strip()));
        var more = body.subList(1, body.size());
        int least =
                more.stream()
                        .filter(line -> !line.isBlank())
                        .mapToInt(SourceLines::indentOf)
                        .min()
                        .orElse(0);
        boolean closed = !more.isEmpty() && more.getLast().strip().matches("[\\]}]+");
        int base = closed ? inner - 2 : inner;
        for (var line : more) {
            out.add(
                    line.isBlank()
                            ? EMPTY_IN_BLOCK
                            : " ".repeat(base + indentOf(line) - least) + line.strip());
        }
        return finished(out, flow, from);
    }

    /** Adds comments beside a value, and goes on behind it. */
    private List<String> finished(List<String> out, Piece value, Piece.At from)
            throws FormatException {
        if (value.start().line() > from.line()) {
            var note = rest(from);
            skip(from.line());
            for (var line : comments(value.start().line(), 0)) {
                note = with(note, line.strip()).strip();
            }
            if (!note.isEmpty() && !rest(value.end()).isEmpty()) {
                throw new FormatException(
                        "line %d: two comments on one value can't be formatted"
                                .formatted(value.end().line() + 1));
            }
            out.set(out.size() - 1, with(out.getLast(), note));
        }
        var rest = rest(value.end());
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw new FormatException(
                    "line %d can't be formatted".formatted(value.end().line() + 1));
        }
        out.set(out.size() - 1, with(out.getLast(), rest));
        skip(value.end().line());
        return out;
    }

    /** Writes a text after {@code |} or {@code >}, indented anew. */
    List<String> block(String head, Piece.Scalar scalar, int inner) throws FormatException {
        var header = rest(scalar.start());
        if (header.split(" #", 2)[0].matches("(?:&\\S+ +)?[|>][+-]?[1-9].*")) {
            throw new FormatException(
                    "line %d: a block with a number can't be formatted; indent its text evenly"
                            .formatted(scalar.start().line() + 1));
        }
        int first = scalar.start().line() + 1;
        int indent = contentIndent(first, inner);
        int end = first;
        for (int line = first; line < count() && line <= scalar.end().line(); line++) {
            var text = text(line);
            if (!text.isBlank() && indentOf(text) < indent) {
                break;
            }
            // Without a '+' empty lines at the end mean nothing.
            end = text.isBlank() && !keeps(header) ? end : line + 1;
        }
        var out = new ArrayList<String>();
        out.add(with(head, header));
        for (int line = first; line < end; line++) {
            var text = text(line);
            var content = text.length() <= indent ? "" : text.substring(indent);
            out.add(content.isEmpty() ? EMPTY_IN_BLOCK : " ".repeat(inner) + content);
        }
        next = Math.max(next, end);
        return out;
    }

    private static boolean keeps(String header) {
        return header.split(" #", 2)[0].contains("+");
    }

    private int contentIndent(int first, int inner) {
        int line = first;
        while (line < count() && text(line).isBlank()) {
            line++;
        }
        return line < count() ? indentOf(text(line)) : inner;
    }
}
