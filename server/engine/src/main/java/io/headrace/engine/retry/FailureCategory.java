package io.headrace.engine.retry;

/** What it takes to get over a failure (requirements RECOV-001). */
public enum FailureCategory {
    /** Passes by itself: try again. */
    TRANSIENT,
    /** Something is used up: make room, then try again. */
    RESOURCE,
    /** Somebody has to change a setting or a file. */
    CONFIGURATION,
    /** Something that we use does not work: hold what needs it until it does. */
    DEPENDENCY,
    /** What was kept is not what was stored: restore it. */
    CORRUPTION,
    /** Nobody foresaw it. */
    CATASTROPHIC
}
