package io.headrace.executor.process;

/** Which commands are held together by a control group. */
enum GroupUse {
    /**
     * Those that are not over at once. Joining a group costs milliseconds, on some kernels many.
     */
    AUTO,
    /** All, from their first instruction. */
    ALWAYS,
    NEVER
}
