package io.headrace.engine.log;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * A file that is not compressed. A {@code FileChannel} would be closed by an interrupt of its
 * reader; this is not.
 */
record PlainSource(RandomAccessFile file) implements LogSource {

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
        file.seek(position);
        file.readFully(into, offset, length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
