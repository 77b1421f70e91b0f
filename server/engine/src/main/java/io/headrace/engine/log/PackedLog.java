package io.headrace.engine.log;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A log in zstd frames, each of {@link #FRAME} bytes of the original file, so that any byte is
 * found without reading those before. Then come the frames' positions, the index, and a footer.
 * Used by one thread at a time.
 */
final class PackedLog implements LogSource {

    static final int FRAME = 256 << 10;

    private static final byte[] MARK = {'H', 'R', 'L', 'O', 'G', 'Z', '0', '1'};
    private static final int FOOTER = 56;
    private static final int LEVEL = 1;

    private final RandomAccessFile file;
    private final LogState state;
    private final long frames;
    private final long indexAt;
    private final byte[] frame = new byte[FRAME];
    private final byte[] positions = new byte[16];
    private long current = -1;

    private PackedLog(RandomAccessFile file, byte[] footer) {
        this.file = file;
        frames = Batch.getLong(footer, 8);
        indexAt = Batch.getLong(footer, 16);
        state =
                new LogState(
                        Batch.getLong(footer, 24),
                        Batch.getLong(footer, 32),
                        Batch.getLong(footer, 40),
                        Batch.getInt(footer, 48),
                        true);
    }

    /** Opens a compressed log. */
    static PackedLog open(Path path) throws IOException {
        var file = new RandomAccessFile(path.toFile(), "r");
        try {
            var footer = new byte[FOOTER];
            var start = file.length() - FOOTER;
            if (start >= 0) {
                file.seek(start);
                file.readFully(footer);
            }
            if (!Arrays.equals(footer, 0, MARK.length, MARK, 0, MARK.length)) {
                throw new IOException("The log " + path + " is damaged: its end is missing");
            }
            return new PackedLog(file, footer);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Writes a compressed copy of a log, and waits until the disk has it.
     *
     * @param state of the whole log
     */
    static void write(RandomAccessFile log, LogIndex index, LogState state, Path to)
            throws IOException {
        try (var file = new FileOutputStream(to.toFile());
                var out = new DataOutputStream(new BufferedOutputStream(file, 64 << 10))) {
            var positions = new ByteArrayOutputStream();
            var position = 0L;
            var plain = new byte[FRAME];
            var packed = new byte[(int) Zstd.compressBound(FRAME)];
            log.seek(0);
            for (var left = state.raw(); left > 0; ) {
                var length = (int) Math.min(FRAME, left);
                log.readFully(plain, 0, length);
                var size =
                        Zstd.compressByteArray(packed, 0, packed.length, plain, 0, length, LEVEL);
                new DataOutputStream(positions).writeLong(position);
                out.write(packed, 0, (int) size);
                position += size;
                left -= length;
            }
            new DataOutputStream(positions).writeLong(position);
            positions.writeTo(out);
            index.forEach(entry -> {
                var bytes = new byte[IndexEntry.SIZE];
                entry.write(bytes, 0);
                out.write(bytes);
            });
            out.write(MARK);
            out.writeLong(position);
            out.writeLong(position + positions.size());
            out.writeLong(state.raw());
            out.writeLong(state.lines());
            out.writeLong(state.text());
            out.writeInt(index.count());
            out.writeInt(0);
            out.flush();
            file.getFD().sync();
        }
    }

    LogState state() {
        return state;
    }

    /** Returns the index, which closes together with this. */
    LogIndex index() {
        return new LogIndex(file, indexAt, state.entries());
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
        var done = 0;
        while (done < length) {
            var from = position + done;
            load(from / FRAME);
            var start = (int) (from % FRAME);
            var many = Math.min(length - done, FRAME - start);
            System.arraycopy(frame, start, into, offset + done, many);
            done += many;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void load(long number) throws IOException {
        if (number == current) {
            return;
        }
        current = -1;
        file.seek(frames + number * Long.BYTES);
        file.readFully(positions);
        var start = Batch.getLong(positions, 0);
        var packed = new byte[(int) (Batch.getLong(positions, 8) - start)];
        file.seek(start);
        file.readFully(packed);
        try {
            Zstd.decompressByteArray(frame, 0, FRAME, packed, 0, packed.length);
        } catch (ZstdException e) {
            throw new IOException("A log is damaged: " + e.getMessage(), e);
        }
        current = number;
    }
}
