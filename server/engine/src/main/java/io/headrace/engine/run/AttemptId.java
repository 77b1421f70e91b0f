package io.headrace.engine.run;

import io.headrace.engine.TimeId;

/** Identifies one try at a job. Its text form is that of {@link TimeId}. */
public record AttemptId(long value) implements Comparable<AttemptId> {

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static AttemptId parse(String text) {
        return new AttemptId(TimeId.parse(text));
    }

    @Override
    public int compareTo(AttemptId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return TimeId.text(value);
    }
}
