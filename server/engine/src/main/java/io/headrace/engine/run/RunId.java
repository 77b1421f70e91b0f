package io.headrace.engine.run;

import io.headrace.engine.TimeId;

/** Identifies a run. Its text form is that of {@link TimeId}. */
public record RunId(long value) implements Comparable<RunId> {

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static RunId parse(String text) {
        return new RunId(TimeId.parse(text));
    }

    @Override
    public int compareTo(RunId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return TimeId.text(value);
    }
}
