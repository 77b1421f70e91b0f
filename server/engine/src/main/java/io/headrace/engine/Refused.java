package io.headrace.engine;

import java.util.Objects;

/**
 * A request that can't be carried out, told to the person who made it: the message says what is
 * wrong and what to do.
 */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Why why;

    /** What kind of wrong it is. */
    public enum Why {
        /** The request itself is malformed. */
        INVALID,
        /** What it names does not exist. */
        NOT_FOUND,
        /** It contradicts the present state, such as a name that is taken. */
        CONFLICT,
        /** What it names was there, and is kept no longer. */
        GONE,
        /** The one who asks may not do it. */
        NOT_ALLOWED,
        /** Nothing is wrong with it, but it can't be done just now. */
        UNAVAILABLE
    }

    public Refused(Why why, String message) {
        super(message);
        this.why = why;
    }

    public Refused(Why why, String message, Throwable cause) {
        super(message, cause);
        this.why = why;
    }

    public static Refused notFound(String message) {
        return new Refused(Why.NOT_FOUND, message);
    }

    public static Refused invalid(String message) {
        return new Refused(Why.INVALID, message);
    }

    public Why why() {
        return why;
    }

    /** Returns what is wrong and what to do; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
