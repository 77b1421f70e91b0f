package io.headrace.engine.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Looks for a text in the bytes of a log; only lines that hold it are decoded. Letters outside of
 * ASCII are compared by their case only line by line, which is slower.
 */
final class LogSearch {

    /** Text that one call looks through, so that none takes longer than about a second. */
    static final long MAX_TEXT = 64L << 20;

    private final LogQuery query;
    private final int limit;
    private final byte[] wanted;
    private final boolean folds;
    private final boolean byCharacter;

    LogSearch(LogQuery query, int limit) {
        this.query = query;
        this.limit = limit;
        folds = query.ignoreCase();
        byCharacter = folds && query.text().chars().anyMatch(c -> c > 127);
        var text = folds ? query.text().toLowerCase(Locale.ROOT) : query.text();
        wanted = text.getBytes(StandardCharsets.UTF_8);
    }

    LogMatches search(BatchCursor cursor, IndexEntry start, long from) throws IOException {
        var hits = new ArrayList<LogLine>();
        cursor.seek(start);
        while (cursor.next()) {
            if (cursor.firstLine() + cursor.lines() > from) {
                var next = searchBatch(cursor, from, hits);
                if (next > 0) {
                    return new LogMatches(hits, next);
                }
            }
            if (cursor.end().text() - start.text() > MAX_TEXT && cursor.end().firstLine() > from) {
                return new LogMatches(hits, cursor.atEnd() ? 0 : cursor.end().firstLine());
            }
        }
        cursor.checkEnd();
        return new LogMatches(hits, 0);
    }

    /** Returns the number of the next line if the limit was reached before it, else 0. */
    private long searchBatch(BatchCursor batch, long from, List<LogLine> hits) {
        var bytes = batch.bytes();
        var end = batch.textStart() + batch.length();
        var start = batch.textStart();
        if (!byCharacter && batch.firstLine() >= from && find(bytes, start, end) < 0) {
            return 0;
        }
        for (var number = batch.firstLine(); start < end; number++) {
            if (hits.size() >= limit) {
                return number;
            }
            var lineFeed = Batch.firstLineFeed(bytes, start, end);
            var lineEnd = lineFeed < 0 ? end : lineFeed;
            if (number >= from && (byCharacter || find(bytes, start, lineEnd) >= 0)) {
                var line =
                        BatchLines.of(batch)
                                .line(number, start, lineEnd, lineFeed < 0 && batch.continues());
                if (!byCharacter || holds(line.text())) {
                    hits.add(line);
                }
            }
            start = lineEnd + 1;
        }
        return 0;
    }

    private boolean holds(String line) {
        var length = query.text().length();
        for (var at = 0; at + length <= line.length(); at++) {
            if (line.regionMatches(true, at, query.text(), 0, length)) {
                return true;
            }
        }
        return false;
    }

    private int find(byte[] bytes, int start, int end) {
        for (var at = start; at + wanted.length <= end; at++) {
            var same = 0;
            while (same < wanted.length && fold(bytes[at + same]) == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at;
            }
        }
        return -1;
    }

    private byte fold(byte letter) {
        return folds && letter >= 'A' && letter <= 'Z' ? (byte) (letter + 32) : letter;
    }
}
