package io.headrace.web.run;

import io.headrace.engine.log.LogLine;
import io.headrace.engine.log.LogReader;
import java.io.IOException;

/** Reads any number of lines in small portions, so that a long log needs little memory. */
final class LineWriter {

    private static final int PORTION = 2000;

    private final LogReader log;

    LineWriter(LogReader log) {
        this.log = log;
    }

    interface Sink {

        void take(LogLine line) throws IOException;
    }

    /**
     * Hands over lines.
     *
     * @param from number of the first line, from 1; a negative one counts from the end
     */
    void write(long from, long limit, Sink sink) throws IOException {
        var next = from < 0 ? Math.max(1, log.lines() + 1 + from) : Math.max(1, from);
        var left = limit;
        while (left > 0) {
            var lines = log.lines(next, (int) Math.min(left, PORTION));
            if (lines.isEmpty()) {
                return;
            }
            for (var line : lines) {
                sink.take(line);
            }
            next += lines.size();
            left -= lines.size();
        }
    }
}
