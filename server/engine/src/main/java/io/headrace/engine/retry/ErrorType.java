package io.headrace.engine.retry;

/** Whose to fix a failure is (requirements RECOV-003). */
public enum ErrorType {
    /** The author's of the pipeline or the sources. */
    USER_ERROR,
    /** The operator's. */
    INFRASTRUCTURE,
    /** Ours: please report it. */
    SYSTEM_BUG
}
