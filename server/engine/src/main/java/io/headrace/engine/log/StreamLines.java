package io.headrace.engine.log;

import java.util.Arrays;

/**
 * Cuts one stream of one command into lines. Keeps the beginning of a line until its end comes.
 * Used by one thread at a time.
 */
final class StreamLines implements ByteSink {

    private static final byte[] LINE_FEED = {'\n'};

    private final BatchFile file;
    private final LogStream stream;
    private final int step;
    private byte[] start = {};
    private int kept;

    StreamLines(BatchFile file, LogStream stream, int step) {
        this.file = file;
        this.stream = stream;
        this.step = step;
    }

    @Override
    public void take(byte[] bytes, int offset, int length) {
        var end = offset + length;
        for (var at = offset; at < end; ) {
            at = takeSlice(bytes, at, Math.min(end, at + Batch.MAX_LINE));
        }
    }

    @Override
    public void end() {
        if (kept > 0) {
            write(LINE_FEED, 0, 1, 1, false);
        }
    }

    /** Returns how far it came. */
    private int takeSlice(byte[] bytes, int from, int to) {
        var first = Batch.firstLineFeed(bytes, from, to);
        var line = kept + (first < 0 ? to : first) - from;
        if (line > Batch.MAX_LINE) {
            return takePart(bytes, from);
        }
        if (first < 0) {
            keep(bytes, from, to);
        } else {
            var last = Batch.lastLineFeed(bytes, from, to);
            write(bytes, from, last + 1, Batch.countLineFeeds(bytes, from, last + 1), false);
            keep(bytes, last + 1, to);
        }
        return to;
    }

    /** Writes the longest part that a line may have, not cutting a character in two. */
    private int takePart(byte[] bytes, int from) {
        var back = 0;
        while (back < 4 && isInner(byteAt(Batch.MAX_LINE - back, bytes, from))) {
            back++;
        }
        var cut = back < 4 ? Batch.MAX_LINE - back : Batch.MAX_LINE;
        if (cut >= kept) {
            var to = from + cut - kept;
            write(bytes, from, to, 1, true);
            return to;
        }
        file.append(stream, step, start, cut, bytes, from, 0, 1, true);
        System.arraycopy(start, cut, start, 0, kept - cut);
        kept -= cut;
        return from;
    }

    /** Returns a byte of the line that begins with what was kept and goes on at {@code from}. */
    private byte byteAt(int index, byte[] bytes, int from) {
        return index < kept ? start[index] : bytes[from + index - kept];
    }

    /** Returns whether a byte is within a UTF-8 character. */
    private static boolean isInner(byte value) {
        return (value & 0xC0) == 0x80;
    }

    private void write(byte[] bytes, int from, int to, int lines, boolean continues) {
        file.append(stream, step, start, kept, bytes, from, to - from, lines, continues);
        kept = 0;
    }

    private void keep(byte[] bytes, int from, int to) {
        var length = to - from;
        if (start.length < kept + length) {
            start =
                    Arrays.copyOf(
                            start, Math.max(kept + length, Math.min(2 * kept, Batch.MAX_LINE)));
        }
        System.arraycopy(bytes, from, start, kept, length);
        kept += length;
    }
}
