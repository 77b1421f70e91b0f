package io.headrace.engine.log;

import java.io.IOException;

/** Walks over the batches of a log. Used by one thread at a time. */
final class BatchCursor {

    private static final int READ_AHEAD = 64 << 10;

    private final LogSource source;
    private byte[] buffer = new byte[4 << 10];
    private long base;
    private int filled;
    private long limit;
    private long position;
    private long firstLine;
    private long text;
    private int at;
    private long nextPosition;
    private long nextLine;
    private long nextText;

    /**
     * @param limit bytes that may be read
     */
    BatchCursor(LogSource source, long limit) {
        this.source = source;
        this.limit = limit;
        seek(IndexEntry.START);
    }

    /** Makes the batch at {@code entry} the next. */
    void seek(IndexEntry entry) {
        nextPosition = entry.offset();
        nextLine = entry.firstLine();
        nextText = entry.text();
    }

    /** Allows reading up to {@code newLimit}. */
    void allow(long newLimit) {
        limit = newLimit;
    }

    /** Goes to the next batch; false if there is no whole one up to the limit. */
    boolean next() throws IOException {
        if (!fill(nextPosition, Batch.HEADER)) {
            return false;
        }
        at = (int) (nextPosition - base);
        if (!Batch.isHeader(buffer, at)
                || !fill(nextPosition, Batch.HEADER + Batch.length(buffer, at))) {
            return false;
        }
        at = (int) (nextPosition - base);
        if (!Batch.isWhole(buffer, at) || Batch.kind(buffer, at) == Batch.END) {
            return false;
        }
        position = nextPosition;
        firstLine = nextLine;
        text = nextText;
        nextPosition += Batch.HEADER + length();
        nextLine += lines();
        nextText += length();
        return true;
    }

    /** Returns whether the limit is reached. */
    boolean atEnd() {
        return nextPosition >= limit;
    }

    /**
     * To be called when {@link #next} said that there is no more.
     *
     * @throws IOException if that is not because the limit is reached
     */
    void checkEnd() throws IOException {
        if (!atEnd()) {
            throw new IOException(
                    "This log is damaged after its line %d (byte %d). Its lines up to there can be read."
                            .formatted(nextLine - 1, nextPosition));
        }
    }

    /** Returns where the current batch is. */
    IndexEntry entry() {
        return new IndexEntry(position, firstLine, text, step());
    }

    /** Returns where the next batch would be; its step has no meaning. */
    IndexEntry end() {
        return new IndexEntry(nextPosition, nextLine, nextText, LogLine.JOB);
    }

    long firstLine() {
        return firstLine;
    }

    int step() {
        return Batch.step(buffer, at);
    }

    int lines() {
        return Batch.lines(buffer, at);
    }

    int kind() {
        return Batch.kind(buffer, at);
    }

    boolean continues() {
        return Batch.continues(buffer, at);
    }

    long millis() {
        return Batch.millis(buffer, at);
    }

    /** Returns the array that holds the current batch's text, valid until the next call. */
    byte[] bytes() {
        return buffer;
    }

    int textStart() {
        return at + Batch.HEADER;
    }

    int length() {
        return Batch.length(buffer, at);
    }

    /** Has {@code length} bytes from {@code from} on in the buffer, if the limit allows. */
    private boolean fill(long from, int length) throws IOException {
        if (from + length > limit) {
            return false;
        }
        if (from >= base && from + length <= base + filled) {
            return true;
        }
        var wanted = (int) Math.min(limit - from, Math.max(length, READ_AHEAD));
        if (buffer.length < wanted) {
            buffer = new byte[wanted];
        }
        filled = 0;
        source.read(from, buffer, 0, wanted);
        base = from;
        filled = wanted;
        return true;
    }
}
