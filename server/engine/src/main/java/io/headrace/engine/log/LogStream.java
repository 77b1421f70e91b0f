package io.headrace.engine.log;

/** Where a line of a log came from. */
public enum LogStream {
    STDOUT(0),
    STDERR(1),
    /** Written by the server itself, such as "Step 'build' starts". */
    SYSTEM(2);

    private final int kind;

    LogStream(int kind) {
        this.kind = kind;
    }

    /** Returns the number by which a {@link Batch} knows it. */
    int kind() {
        return kind;
    }

    /** Returns the stream that a {@link Batch} knows by {@code kind}. */
    static LogStream of(int kind) {
        return switch (kind) {
            case 0 -> STDOUT;
            case 1 -> STDERR;
            default -> SYSTEM;
        };
    }
}
