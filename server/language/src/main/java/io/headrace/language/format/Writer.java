package io.headrace.language.format;

import io.headrace.language.schema.Level;
import io.headrace.language.schema.Shape;
import io.headrace.language.yaml.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one file anew. For one use by one thread. */
final class Writer {

    /**
     * An entry of a map or an item of a list.
     *
     * @param leading comments and empty lines above it
     * @param lines of its own
     */
    private record Chunk(int order, List<String> leading, List<String> lines) {}

    private final SourceText source;
    private final Formatter.Style style;
    private final SourceLines lines;

    Writer(SourceText source, Formatter.Style style) {
        this.source = source;
        this.style = style;
        this.lines = new SourceLines(source);
    }

    String write(Shape shape) throws FormatException {
        var out = new ArrayList<String>();
        for (var document : PieceReader.read(source.text())) {
            if (document.start() >= 0) {
                out.addAll(lines.comments(document.start(), 0));
                if (!lines.text(document.start()).stripTrailing().equals("---")) {
                    throw new FormatException(
                            "line %d: put what follows '---' on a line of its own"
                                    .formatted(document.start() + 1));
                }
                out.add("---");
                lines.skip(document.start());
            }
            out.addAll(root(document.root(), shape));
        }
        out.addAll(lines.comments(lines.count(), 0));
        return String.join("\n", tidy(out)) + "\n";
    }

    private List<String> root(Piece root, Shape shape) throws FormatException {
        if (root instanceof Piece.Table map && !map.flow() && map.anchor() == null) {
            return joined(entries(map, 0, shape));
        }
        throw new FormatException("a file that is no map of lines can't be formatted");
    }

    /** No empty lines at the ends, and no two of them in a row, but in blocks. */
    private static List<String> tidy(List<String> all) {
        var tidy = new ArrayList<String>();
        for (var line : all) {
            boolean blank = line.isEmpty();
            if (!blank || (!tidy.isEmpty() && !tidy.getLast().isEmpty())) {
                tidy.add(line);
            }
        }
        while (!tidy.isEmpty() && tidy.getLast().isEmpty()) {
            tidy.removeLast();
        }
        // Empty lines of blocks come as a mark of their own, so that they are all kept.
        tidy.replaceAll(line -> line.equals(SourceLines.EMPTY_IN_BLOCK) ? "" : line);
        return tidy;
    }

    /** A block does not begin with an empty line, wherever its first entry goes. */
    private static List<String> began(List<String> leading) {
        return leading.stream().dropWhile(String::isEmpty).toList();
    }

    private static List<String> joined(List<Chunk> chunks) {
        var out = new ArrayList<String>();
        for (var chunk : chunks) {
            var leading = new ArrayList<>(chunk.leading());
            while (out.isEmpty() && !leading.isEmpty() && leading.getFirst().isEmpty()) {
                leading.removeFirst();
            }
            out.addAll(leading);
            out.addAll(chunk.lines());
        }
        return out;
    }

    private List<Chunk> entries(Piece.Table map, int indent, @Nullable Shape shape)
            throws FormatException {
        var keys = map.entries().stream().map(entry -> entry.key().text()).toList();
        var level = Shapes.level(shape, keys);
        var chunks = new ArrayList<Chunk>();
        for (var entry : map.entries()) {
            var leading = lines.comments(entry.key().start().line(), indent);
            lines.skip(entry.key().start().line());
            var name = key(entry.key(), level, map.merges());
            var under = Shapes.under(shape, level, entry.key().text());
            var own = value(" ".repeat(indent) + name + ":", entry, indent, under);
            chunks.add(
                    new Chunk(
                            order(entry, level), chunks.isEmpty() ? began(leading) : leading, own));
        }
        if (!chunks.isEmpty()) {
            var column = map.entries().getFirst().key().start().column();
            chunks.getLast().lines().addAll(lines.trailing(column, indent));
        }
        if (level != null && style == Formatter.Style.ORDERED) {
            chunks.sort(Comparator.comparingInt(Chunk::order));
        }
        return chunks;
    }

    /** Anchors first, then the order of the documents, then what the author named. */
    private static int order(Piece.Entry entry, @Nullable Level level) {
        var name = entry.key().text();
        if (level == null || name.startsWith("x-")) {
            return -2;
        }
        if (name.equals("<<")) {
            return -1;
        }
        var key = level.key(name);
        return key == null ? Integer.MAX_VALUE : level.keys().indexOf(key);
    }

    private String key(Piece.Scalar key, @Nullable Level level, boolean merges) {
        var known = level == null ? null : level.key(key.text());
        if (!key.plain()) {
            return lines.slice(key.start(), key.end());
        }
        // A merged key is replaced only by one of the same spelling.
        if (known != null && !merges && style != Formatter.Style.SPACED) {
            return known.name();
        }
        return scalar(key);
    }

    private List<String> value(String head, Piece.Entry entry, int indent, @Nullable Shape shape)
            throws FormatException {
        return value(head, entry.value(), lines.afterColon(entry.key().end()), indent + 2, shape);
    }

    /**
     * Writes a value after {@code head}.
     *
     * @param from where its own text can begin: after a colon or a dash
     * @param inner indent of what follows on lines of its own
     */
    private List<String> value(
            String head, Piece value, Piece.At from, int inner, @Nullable Shape shape)
            throws FormatException {
        var out = new ArrayList<String>();
        switch (value) {
            case Piece.Scalar scalar when scalar.isBlock() ->
                    out.addAll(lines.block(head, scalar, inner));
            case Piece.Scalar scalar -> {
                var text = scalar.plain() && isOneLine(scalar) ? scalar(scalar) : null;
                out.addAll(lines.inline(head, scalar, text, from, inner));
            }
            case Piece.Items list when list.flow() ->
                    out.addAll(lines.flow(head, list, renames(list, shape), from, inner));
            case Piece.Table map when map.flow() ->
                    out.addAll(lines.flow(head, map, renames(map, shape), from, inner));
            case Piece.Items list -> {
                out.add(lines.headOf(head, from));
                out.addAll(joined(items(list, inner, shape)));
            }
            case Piece.Table map -> {
                out.add(lines.headOf(head, from));
                out.addAll(joined(entries(map, inner, shape)));
            }
        }
        return out;
    }

    private static boolean isOneLine(Piece piece) {
        return piece.start().line() == piece.end().line();
    }

    private List<Chunk> items(Piece.Items list, int indent, @Nullable Shape shape)
            throws FormatException {
        var chunks = new ArrayList<Chunk>();
        var under = Shapes.item(shape);
        int column = 0;
        for (var item : list.items()) {
            var dash = lines.nextDash(item);
            column = dash.column();
            var leading = lines.comments(dash.line(), indent);
            lines.skip(dash.line());
            var after = new Piece.At(dash.line(), dash.column() + 1);
            chunks.add(
                    item(item, indent, chunks.isEmpty() ? began(leading) : leading, after, under));
        }
        if (!chunks.isEmpty()) {
            chunks.getLast().lines().addAll(lines.trailing(column, indent));
        }
        return chunks;
    }

    private Chunk item(
            Piece item, int indent, List<String> above, Piece.At after, @Nullable Shape shape)
            throws FormatException {
        var dash = " ".repeat(indent) + "-";
        if (!(item instanceof Piece.Table map) || map.flow() || map.anchor() != null) {
            return new Chunk(0, above, value(dash, item, after, indent + 2, shape));
        }
        var leading = new ArrayList<>(above);
        if (map.start().line() > after.line()) {
            var note = lines.headOf("", after).strip();
            if (!note.isEmpty()) {
                leading.add(" ".repeat(indent) + note);
            }
        }
        var inner = entries(map, indent + 2, shape);
        // The first of them stands beside the dash, which has no room for comments above it.
        var first = inner.getFirst();
        for (var line : first.leading()) {
            if (!line.isEmpty()) {
                leading.add(" ".repeat(indent) + line.strip());
            }
        }
        inner.set(0, new Chunk(first.order(), List.of(), first.lines()));
        var own = joined(inner);
        own.set(0, dash + " " + own.getFirst().strip());
        return new Chunk(0, leading, own);
    }

    private String scalar(Piece.Scalar scalar) {
        return switch (scalar.style()) {
            case '\'' ->
                    Quotes.areNeeded(scalar.text())
                            ? "'%s'".formatted(scalar.text().replace("'", "''"))
                            : scalar.text();
            case '"' ->
                    Quotes.areNeeded(scalar.text())
                            ? lines.slice(scalar.start(), scalar.end())
                            : scalar.text();
            default -> scalar.text();
        };
    }

    /** Returns the keys in brackets that have another first name. */
    private List<SourceLines.Edit> renames(Piece piece, @Nullable Shape shape) {
        var edits = new ArrayList<SourceLines.Edit>();
        if (style != Formatter.Style.SPACED) {
            collect(piece, shape, edits);
        }
        return edits;
    }

    private void collect(Piece piece, @Nullable Shape shape, List<SourceLines.Edit> edits) {
        switch (piece) {
            case Piece.Scalar _ -> {}
            case Piece.Items list ->
                    list.items().forEach(item -> collect(item, Shapes.item(shape), edits));
            case Piece.Table map -> {
                var keys = map.entries().stream().map(entry -> entry.key().text()).toList();
                var level = Shapes.level(shape, keys);
                for (var entry : map.entries()) {
                    var name = entry.key().text();
                    var known = level == null ? null : level.key(name);
                    if (known != null
                            && entry.key().plain()
                            && !map.merges()
                            && !known.name().equals(name)) {
                        edits.add(
                                new SourceLines.Edit(
                                        entry.key().start(), entry.key().end(), known.name()));
                    }
                    collect(entry.value(), Shapes.under(shape, level, name), edits);
                }
            }
        }
    }
}
