package io.headrace.engine.log;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import org.jspecify.annotations.Nullable;

/**
 * A log whose files are open for reading, and how far it had come then.
 *
 * @param packable whether it is long, has ended and is not compressed yet
 */
record OpenLog(LogSource source, @Nullable LogIndex index, LogState state, boolean packable)
        implements Closeable {

    /** Returns where to begin to look for {@code line}. */
    IndexEntry floor(long line) throws IOException {
        return index == null ? IndexEntry.START : index.floor(line);
    }

    @Override
    public void close() throws IOException {
        source.close();
        if (index != null) {
            index.close();
        }
    }

    /** Opens a log that has ended and is compressed. */
    static OpenLog packed(LogPlace place) throws IOException {
        var log = PackedLog.open(place.packed());
        return new OpenLog(log, log.index(), log.state(), false);
    }

    /** Opens a log that has ended. Its index may be gone, if it was compressed meanwhile. */
    static OpenLog ended(LogPlace place) throws IOException {
        var file = new RandomAccessFile(place.ended().toFile(), "r");
        try {
            var length = file.length();
            var end = new byte[Batch.END_SIZE];
            if (length >= Batch.FILE_HEADER + Batch.END_SIZE) {
                file.seek(length - Batch.END_SIZE);
                file.readFully(end);
            }
            var index = index(place, Integer.MAX_VALUE);
            if (Batch.isHeader(end, 0)
                    && Batch.kind(end, 0) == Batch.END
                    && Batch.length(end, 0) == Batch.END_SIZE - Batch.HEADER
                    && Batch.isWhole(end, 0)) {
                var raw = length - Batch.END_SIZE;
                var state =
                        new LogState(
                                raw,
                                Batch.getLong(end, Batch.HEADER),
                                Batch.getLong(end, Batch.HEADER + 8),
                                index == null ? 0 : index.count(),
                                true);
                return new OpenLog(new PlainSource(file), index, state, raw > IndexWriter.SPACING);
            }
            // The machine lost power before the disk had the end: what is whole counts.
            var state = Recovery.scan(new PlainSource(file), length, index);
            return new OpenLog(
                    new PlainSource(file),
                    index,
                    new LogState(state.raw(), state.lines(), state.text(), state.entries(), true),
                    false);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Opens a log that has not ended.
     *
     * @param state as its writer published it, or null if there is no writer
     */
    static OpenLog live(LogPlace place, @Nullable LogState state) throws IOException {
        var file = new RandomAccessFile(place.live().toFile(), "r");
        try {
            var source = new PlainSource(file);
            if (state != null) {
                var index = state.entries() == 0 ? null : index(place, state.entries());
                return new OpenLog(source, index, state, false);
            }
            var index = index(place, Integer.MAX_VALUE);
            return new OpenLog(source, index, Recovery.scan(source, file.length(), index), false);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static @Nullable LogIndex index(LogPlace place, int atMost) throws IOException {
        RandomAccessFile file;
        try {
            file = new RandomAccessFile(place.index().toFile(), "r");
        } catch (FileNotFoundException _) {
            return null;
        }
        var count = (int) Math.min(atMost, file.length() / IndexEntry.SIZE);
        return new LogIndex(file, count);
    }
}
