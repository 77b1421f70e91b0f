package io.headrace.engine.run;

import io.headrace.engine.TimeId;

/** Identifies a job of a run. Its text form is that of {@link TimeId}. */
public record JobId(long value) implements Comparable<JobId> {

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static JobId parse(String text) {
        return new JobId(TimeId.parse(text));
    }

    @Override
    public int compareTo(JobId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return TimeId.text(value);
    }
}
