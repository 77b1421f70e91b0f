package io.headrace.executor.docker;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** HTTP's chunked transfer coding. */
final class Chunks {

    private static final byte[] LINE_END = {'\r', '\n'};

    private Chunks() {}

    /** Reads the content of chunks. */
    static final class In extends FilterInputStream {

        /** Bytes left in this chunk; below zero after the last one. */
        private long left;

        In(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                next();
            }
            if (left < 0) {
                return -1;
            }
            var n = in.read(bytes, offset, (int) Math.min(length, left));
            if (n < 0) {
                throw new EOFException("the engine closed the connection within an answer");
            }
            left -= n;
            if (left == 0) {
                Http.line(in);
            }
            return n;
        }

        private void next() throws IOException {
            var size = Http.line(in).split(";", 2)[0].strip();
            try {
                left = Long.parseLong(size, 16);
            } catch (NumberFormatException e) {
                throw new IOException("what answers is not a Docker engine", e);
            }
            if (left == 0) {
                left = -1;
            }
        }
    }

    /** Writes every array as a chunk; give it large ones. */
    static final class Out extends FilterOutputStream {

        Out(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                size(length);
                out.write(bytes, offset, length);
                out.write(LINE_END);
            }
        }

        void finish() throws IOException {
            size(0);
            out.write(LINE_END);
        }

        private void size(int length) throws IOException {
            out.write(Integer.toHexString(length).getBytes(StandardCharsets.US_ASCII));
            out.write(LINE_END);
        }
    }
}
