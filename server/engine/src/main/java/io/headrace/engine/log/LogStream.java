package io.headrace.engine.log;

/** Where a line of a log came from. */
public enum LogStream {
    STDOUT,
    STDERR,
    /** Written by the server itself, such as "Step 'build' starts". */
    SYSTEM
}
