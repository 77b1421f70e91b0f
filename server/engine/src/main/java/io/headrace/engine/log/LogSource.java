package io.headrace.engine.log;

import java.io.Closeable;
import java.io.IOException;

/** The bytes of a log's file, whether it is compressed or not. Used by one thread at a time. */
interface LogSource extends Closeable {

    /** Reads exactly {@code length} bytes from {@code position} on. */
    void read(long position, byte[] into, int offset, int length) throws IOException;
}
