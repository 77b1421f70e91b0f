package io.headrace.api;

import java.util.Objects;

/**
 * A command or its place could not be had: the operator's to fix, not the author's. The message is
 * shown to people: it says what is wrong and what to do.
 */
public final class ExecutionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What could not be had, which decides whether trying again can help. */
    public enum Kind {
        /** The image does not exist, or its name is malformed. */
        NO_SUCH_IMAGE(false),
        /** A registry or host refused the credentials. */
        NOT_ALLOWED(false),
        /** A container engine, host or registry can't be reached just now. */
        UNAVAILABLE(true),
        /** The place disappeared while it was used. */
        LOST(true),
        /** The request makes no sense to this executor. */
        INVALID(false),
        /** Memory, disk or processes are used up. */
        EXHAUSTED(true);

        private final boolean transientFailure;

        Kind(boolean transientFailure) {
            this.transientFailure = transientFailure;
        }

        /** Returns whether the same request may work a little later. */
        public boolean isTransient() {
            return transientFailure;
        }
    }

    public ExecutionException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ExecutionException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns what is wrong and what to do; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
