package io.headrace.engine.run;

/**
 * A step in a job's life. Only a {@link JobState} makes one, so whoever writes it to the database
 * can't write one that is not allowed; that the job still is where the step begins, the store
 * checks when it writes it.
 */
public final class Transition {

    private final Status from;
    private final Status to;
    private final String reason;

    Transition(Status from, Status to, String reason) {
        this.from = from;
        this.to = to;
        this.reason = reason;
    }

    public Status from() {
        return from;
    }

    public Status to() {
        return to;
    }

    /** Returns why, in words for people; empty where the new state says it all. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return from + " → " + to + (reason.isEmpty() ? "" : ": " + reason);
    }
}
