package io.headrace.engine.log;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the index of a log, as soon as the log is long enough to need one. Used by one thread at a
 * time.
 */
final class IndexWriter implements Closeable {

    /** Bytes of log between two entries; a log that is shorter has no index. */
    static final int SPACING = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(IndexWriter.class);

    private final Path path;
    private final byte[] bytes = new byte[IndexEntry.SIZE];
    private @Nullable ByteArrayOutputStream early = new ByteArrayOutputStream();
    private @Nullable RandomAccessFile file;
    private @Nullable IndexEntry last;
    private int written;
    private boolean broken;

    IndexWriter(Path path) {
        this.path = path;
    }

    /** Goes on with the index of a log, of which some entries may be missing or too many. */
    static IndexWriter goOn(Path path, OpenLog log) throws IOException {
        var index = new IndexWriter(path);
        var entries = log.state().entries();
        var last = IndexEntry.START;
        if (entries > 0 && log.index() != null) {
            last = log.index().entry(entries - 1);
            index.last = last;
            index.early = null;
            index.file = new RandomAccessFile(path.toFile(), "rw");
            index.file.setLength((long) entries * IndexEntry.SIZE);
            index.file.seek(index.file.length());
            index.written = entries;
        } else {
            Files.deleteIfExists(path);
        }
        var cursor = new BatchCursor(log.source(), log.state().raw());
        cursor.seek(last);
        while (cursor.next()) {
            var entry = cursor.entry();
            if (index.wants(entry.offset(), entry.step())) {
                index.add(entry);
            }
        }
        return index;
    }

    /** Returns whether a batch of {@code step} at {@code offset} gets an entry. */
    boolean wants(long offset, int step) {
        return last == null || last.step() != step || offset - last.offset() >= SPACING;
    }

    /**
     * Adds an entry. An index that can't be written is given up, not the log: readers then search
     * from its last entry on.
     */
    void add(IndexEntry entry) {
        last = entry;
        entry.write(bytes, 0);
        try {
            if (early != null) {
                early.write(bytes);
                if (entry.offset() > SPACING) {
                    file = new RandomAccessFile(path.toFile(), "rw");
                    file.setLength(0);
                    file.write(early.toByteArray());
                    written = early.size() / IndexEntry.SIZE;
                    early = null;
                }
            } else if (file != null && !broken) {
                file.write(bytes);
                written++;
            }
        } catch (IOException e) {
            LOG.warn("The index {} can't be written; the log is only slower to read", path, e);
            early = null;
            broken = true;
        }
    }

    /** Returns how many entries are in the file. */
    int written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
