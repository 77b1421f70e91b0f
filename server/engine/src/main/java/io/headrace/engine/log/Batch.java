package io.headrace.engine.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * The unit in which a log is written: lines of one step and stream that came at once. A header of
 * {@link #HEADER} bytes, then the text as it came; only where the last line goes on in another
 * batch is there no line feed at the end.
 *
 * <pre>
 * byte mark · byte stream, or 3 for the end · byte flags · byte 0 · int step · int lines ·
 * int length of the text · long milliseconds since 1970 · int CRC-32 of all but itself
 * </pre>
 */
final class Batch {

    static final byte[] FILE_MARK = {'H', 'R', 'L', 'O', 'G', '0', '0', '1'};

    /** What a file begins with: the mark and the attempt's id. */
    static final int FILE_HEADER = 16;

    static final int HEADER = 28;

    /** Bytes of the longest line that is stored in one piece. */
    static final int MAX_LINE = 64 << 10;

    /** A line's beginning kept from before, and one slice of output. */
    static final int MAX_TEXT = 2 * MAX_LINE;

    /** The last batch: it holds no text but the sums of the log. */
    static final int END = 3;

    static final int END_SIZE = HEADER + 16;

    static final int CONTINUES = 1;

    private static final byte MARK = (byte) 0xB7;
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Batch() {}

    /** Fills in the header at {@code at}, before a text of {@code length} bytes. */
    static void writeHeader(
            byte[] bytes,
            int at,
            int kind,
            int flags,
            int step,
            int lines,
            int length,
            long millis) {
        bytes[at] = MARK;
        bytes[at + 1] = (byte) kind;
        bytes[at + 2] = (byte) flags;
        bytes[at + 3] = 0;
        putInt(bytes, at + 4, step);
        putInt(bytes, at + 8, lines);
        putInt(bytes, at + 12, length);
        putLong(bytes, at + 16, millis);
        putInt(bytes, at + 24, checksum(bytes, at, length));
    }

    /** Returns whether a header that makes sense is at {@code at}. */
    static boolean isHeader(byte[] bytes, int at) {
        return bytes[at] == MARK
                && bytes[at + 1] >= 0
                && bytes[at + 1] <= END
                && length(bytes, at) >= 0
                && length(bytes, at) <= MAX_TEXT
                && lines(bytes, at) >= 0;
    }

    /** Returns whether header and text are as they were written. */
    static boolean isWhole(byte[] bytes, int at) {
        return getInt(bytes, at + 24) == checksum(bytes, at, length(bytes, at));
    }

    static int kind(byte[] bytes, int at) {
        return bytes[at + 1];
    }

    static boolean continues(byte[] bytes, int at) {
        return (bytes[at + 2] & CONTINUES) != 0;
    }

    static int step(byte[] bytes, int at) {
        return getInt(bytes, at + 4);
    }

    static int lines(byte[] bytes, int at) {
        return getInt(bytes, at + 8);
    }

    static int length(byte[] bytes, int at) {
        return getInt(bytes, at + 12);
    }

    static long millis(byte[] bytes, int at) {
        return getLong(bytes, at + 16);
    }

    /** Returns the last batch of a log. */
    static byte[] end(long lines, long text, long millis) {
        var end = new byte[END_SIZE];
        putLong(end, HEADER, lines);
        putLong(end, HEADER + 8, text);
        writeHeader(end, 0, END, 0, LogLine.JOB, 0, END_SIZE - HEADER, millis);
        return end;
    }

    /** Counts line feeds, eight bytes at a time. */
    static int countLineFeeds(byte[] bytes, int from, int to) {
        var count = 0;
        var at = from;
        for (; at + 8 <= to; at += 8) {
            var word = (long) WORD.get(bytes, at) ^ 0x0A0A0A0A0A0A0A0AL;
            var low = (word & 0x7F7F7F7F7F7F7F7FL) + 0x7F7F7F7F7F7F7F7FL;
            count += Long.bitCount(~(low | word | 0x7F7F7F7F7F7F7F7FL));
        }
        for (; at < to; at++) {
            if (bytes[at] == '\n') {
                count++;
            }
        }
        return count;
    }

    /** Returns where the first line feed is, or -1. */
    static int firstLineFeed(byte[] bytes, int from, int to) {
        for (var at = from; at < to; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** Returns where the last line feed is, or -1. */
    static int lastLineFeed(byte[] bytes, int from, int to) {
        for (var at = to - 1; at >= from; at--) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    private static int checksum(byte[] bytes, int at, int length) {
        var crc = new CRC32();
        crc.update(bytes, at, HEADER - 4);
        crc.update(bytes, at + HEADER, length);
        return (int) crc.getValue();
    }
}
