package io.headrace.engine.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The lines of a cursor's current batch. */
record BatchLines(BatchCursor batch) {

    static BatchLines of(BatchCursor batch) {
        return new BatchLines(batch);
    }

    /**
     * Adds lines {@code from} to {@code last} to {@code lines}, as far as they are in this batch;
     * returns whether that was the last one, or {@code limit} lines are there.
     */
    boolean add(List<LogLine> lines, long from, long last, int limit) {
        var bytes = batch.bytes();
        var end = batch.textStart() + batch.length();
        var start = batch.textStart();
        for (var number = batch.firstLine(); start < end; number++) {
            if (number > last || lines.size() >= limit) {
                return true;
            }
            var lineFeed = Batch.firstLineFeed(bytes, start, end);
            var lineEnd = lineFeed < 0 ? end : lineFeed;
            if (number >= from) {
                lines.add(line(number, start, lineEnd, lineFeed < 0 && batch.continues()));
            }
            start = lineEnd + 1;
        }
        return lines.size() >= limit || batch.firstLine() + batch.lines() > last;
    }

    /** Makes the line whose text is between {@code start} and {@code end}. */
    LogLine line(long number, int start, int end, boolean continued) {
        return new LogLine(
                number,
                Instant.ofEpochMilli(batch.millis()),
                LogStream.of(batch.kind()),
                batch.step(),
                new String(batch.bytes(), start, end - start, StandardCharsets.UTF_8),
                continued);
    }
}
