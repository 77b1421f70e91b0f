package io.headrace.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;

/** Reads an index, a few entries at a time. Used by one thread at a time. */
final class LogIndex implements Closeable {

    private static final int AT_ONCE = 256;

    private final RandomAccessFile file;
    private final long base;
    private final int count;
    private final byte[] bytes = new byte[IndexEntry.SIZE];

    /**
     * @param count how many entries to believe
     */
    LogIndex(RandomAccessFile file, int count) {
        this(file, 0, count);
    }

    /**
     * @param base where in the file the index begins
     */
    LogIndex(RandomAccessFile file, long base, int count) {
        this.file = file;
        this.base = base;
        this.count = count;
    }

    int count() {
        return count;
    }

    IndexEntry entry(int number) throws IOException {
        file.seek(base + (long) number * IndexEntry.SIZE);
        file.readFully(bytes);
        return IndexEntry.read(bytes, 0);
    }

    /** Finds the last entry whose first line is not after {@code line}. */
    IndexEntry floor(long line) throws IOException {
        var low = 0;
        var high = count - 1;
        var found = IndexEntry.START;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var entry = entry(middle);
            if (entry.firstLine() <= line) {
                found = entry;
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return found;
    }

    /** Gives all entries, in order. */
    void forEach(EntryTaker taker) throws IOException {
        var many = new byte[AT_ONCE * IndexEntry.SIZE];
        for (var first = 0; first < count; first += AT_ONCE) {
            var here = Math.min(AT_ONCE, count - first);
            file.seek(base + (long) first * IndexEntry.SIZE);
            file.readFully(many, 0, here * IndexEntry.SIZE);
            for (var i = 0; i < here; i++) {
                taker.take(IndexEntry.read(many, i * IndexEntry.SIZE));
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Takes entries. */
    interface EntryTaker {

        void take(IndexEntry entry) throws IOException;
    }
}
