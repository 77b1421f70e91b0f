package io.headrace.engine.deadletter;

import io.headrace.engine.TimeId;

/** Identifies a dead letter. Its text form is that of {@link TimeId}. */
public record DeadLetterId(long value) implements Comparable<DeadLetterId> {

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static DeadLetterId parse(String text) {
        return new DeadLetterId(TimeId.parse(text));
    }

    @Override
    public int compareTo(DeadLetterId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return TimeId.text(value);
    }
}
