package io.headrace.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps all of a command's output, for assertions. Safe to read while it is written. */
public final class CollectedOutput implements CommandOutput {

    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
        stdout.write(bytes, offset, length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
        stderr.write(bytes, offset, length);
    }

    /** Returns what came on standard output so far, read as UTF-8. */
    public String stdout() {
        return stdout.toString(StandardCharsets.UTF_8);
    }

    /** Returns what came on standard error so far, read as UTF-8. */
    public String stderr() {
        return stderr.toString(StandardCharsets.UTF_8);
    }
}
