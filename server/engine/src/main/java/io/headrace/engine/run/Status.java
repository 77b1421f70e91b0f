package io.headrace.engine.run;

import java.util.Locale;

/**
 * Where a run, a job, an attempt or a step is in its life. A job goes {@code PENDING → QUEUED →
 * RUNNING →} one of the terminal ones; a retry goes back to {@code QUEUED} with a new attempt.
 */
public enum Status {
    /** Its needs are not met yet. */
    PENDING(false),
    /** Ready; waits for a worker. */
    QUEUED(false),
    RUNNING(false),
    /** Waits for something other than a worker: an approval, a timer, a lock. */
    WAITING(false),
    SUCCEEDED(true),
    /** A step exited non-zero or took too long: the author's to fix. */
    FAILED(true),
    /** It could not be run: the operator's to fix. */
    ERRORED(true),
    CANCELLED(true),
    /** Its condition did not hold. */
    SKIPPED(true);

    private final boolean terminal;

    Status(boolean terminal) {
        this.terminal = terminal;
    }

    /** Returns whether nothing leaves this state. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Returns whether what depends on it may go on. */
    public boolean satisfies() {
        return this == SUCCEEDED || this == SKIPPED;
    }

    /**
     * Reads a name or an alias, whatever the case (requirements model, enumerations).
     *
     * @throws IllegalArgumentException naming what is allowed
     */
    public static Status parse(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "SUCCESS", "COMPLETED", "PASSED" -> SUCCEEDED;
            case "FAILURE" -> FAILED;
            case "ERROR" -> ERRORED;
            case "CANCELED" -> CANCELLED;
            case "WAITING_APPROVAL", "PAUSED" -> WAITING;
            case "DISCOVERING" -> RUNNING;
            case "RETRY" -> QUEUED;
            case String name -> {
                for (var status : values()) {
                    if (status.name().equals(name)) {
                        yield status;
                    }
                }
                throw new IllegalArgumentException(
                        "'"
                                + text
                                + "' is not a status; use one of "
                                + java.util.Arrays.toString(values()).toLowerCase(Locale.ROOT));
            }
        };
    }
}
