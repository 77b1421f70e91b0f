package io.headrace.engine.log;

/** Takes one stream of bytes. Used by one thread at a time. */
interface ByteSink {

    /** Takes bytes {@code [offset, offset + length)} of the array, which the caller then reuses. */
    void take(byte[] bytes, int offset, int length);

    /** Says that no more will come; what was kept back goes on its way. */
    void end();
}
