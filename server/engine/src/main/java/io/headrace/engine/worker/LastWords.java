package io.headrace.engine.worker;

import io.headrace.api.CommandOutput;
import java.nio.charset.StandardCharsets;

/**
 * Passes a command's output on and remembers the end of it, to tell why the command failed. What it
 * remembers is not masked, and is for matching only.
 */
final class LastWords implements CommandOutput {

    private static final int LENGTH = 4096;

    private final CommandOutput next;
    private final byte[] ring = new byte[LENGTH];
    private long written;

    LastWords(CommandOutput next) {
        this.next = next;
    }

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
        remember(bytes, offset, length);
        next.stdout(bytes, offset, length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
        remember(bytes, offset, length);
        next.stderr(bytes, offset, length);
    }

    private synchronized void remember(byte[] bytes, int offset, int length) {
        var from = Math.max(0, length - LENGTH);
        for (var i = from; i < length; ) {
            var at = (int) ((written + i - from) % LENGTH);
            var some = Math.min(length - i, LENGTH - at);
            System.arraycopy(bytes, offset + i, ring, at, some);
            i += some;
        }
        written += length - from;
    }

    /** Returns the last 4 KiB, of both streams as they came. */
    synchronized String text() {
        var length = (int) Math.min(written, LENGTH);
        var text = new byte[length];
        for (var i = 0; i < length; i++) {
            text[i] = ring[(int) ((written - length + i) % LENGTH)];
        }
        return new String(text, StandardCharsets.UTF_8);
    }
}
