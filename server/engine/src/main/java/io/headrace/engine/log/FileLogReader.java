package io.headrace.engine.log;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads an {@link OpenLog}. */
final class FileLogReader implements LogReader {

    /** Text that one call returns at most, or little more. */
    static final int MAX_TEXT = 4 << 20;

    private final OpenLog log;
    private final BatchCursor cursor;

    FileLogReader(OpenLog log) {
        this.log = log;
        cursor = new BatchCursor(log.source(), log.state().raw());
    }

    @Override
    public long lines() {
        return log.state().lines();
    }

    @Override
    public long size() {
        return log.state().text();
    }

    @Override
    public boolean complete() {
        return log.state().ended();
    }

    @Override
    public List<LogLine> lines(long from, int limit) throws IOException {
        if (from < 1) {
            throw new IllegalArgumentException("Lines are counted from 1, not " + from);
        }
        return read(from, limit, lines());
    }

    @Override
    public List<LogLine> linesOfStep(int step, long from, int limit) throws IOException {
        var lines = new ArrayList<LogLine>();
        for (var range : steps()) {
            var last = range.firstLine() + range.lines() - 1;
            if (range.step() == step && last >= from && lines.size() < limit) {
                var first = Math.max(from, range.firstLine());
                var part = read(first, limit - lines.size(), last);
                lines.addAll(part);
                if (part.size() < last - first + 1) {
                    break;
                }
            }
        }
        return lines;
    }

    @Override
    public List<StepRange> steps() throws IOException {
        var ranges = new ArrayList<StepRange>();
        var walk = new Ranges(ranges);
        var from = IndexEntry.START;
        var index = log.index();
        if (index != null && index.count() > 0) {
            index.forEach(walk::see);
            from = index.entry(index.count() - 1);
        }
        cursor.seek(from);
        while (cursor.next()) {
            walk.see(cursor.entry());
        }
        cursor.checkEnd();
        walk.end(lines());
        return ranges;
    }

    @Override
    public LogMatches search(LogQuery query, long from, int limit) throws IOException {
        return new LogSearch(query, limit).search(cursor, log.floor(from), from);
    }

    @Override
    public void writeText(OutputStream out) throws IOException {
        cursor.seek(IndexEntry.START);
        while (cursor.next()) {
            out.write(cursor.bytes(), cursor.textStart(), cursor.length());
        }
        cursor.checkEnd();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }

    private List<LogLine> read(long from, int limit, long last) throws IOException {
        var lines = new ArrayList<LogLine>();
        if (from > last || limit <= 0) {
            return lines;
        }
        cursor.seek(log.floor(from));
        var room = MAX_TEXT;
        while (cursor.next()) {
            if (cursor.firstLine() + cursor.lines() > from) {
                room -= cursor.length();
                if (BatchLines.of(cursor).add(lines, from, last, limit) || room < 0) {
                    return lines;
                }
            }
        }
        cursor.checkEnd();
        return lines;
    }
}
