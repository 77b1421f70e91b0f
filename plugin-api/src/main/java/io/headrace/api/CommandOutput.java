package io.headrace.api;

/**
 * Takes a command's output as it comes, in chunks that may begin and end within a line or a
 * character. Each stream is fed by one thread at a time; the two may be fed concurrently. A slow
 * taker slows the command down; it never loses output.
 */
public interface CommandOutput {

    /** Takes bytes {@code [offset, offset + length)} of the array, which the caller then reuses. */
    void stdout(byte[] bytes, int offset, int length);

    /** Like {@link #stdout}, for the other stream. */
    void stderr(byte[] bytes, int offset, int length);
}
