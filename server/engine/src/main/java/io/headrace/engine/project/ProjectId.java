package io.headrace.engine.project;

import io.headrace.engine.TimeId;

/** Identifies a project, whatever its name. Its text form is that of {@link TimeId}. */
public record ProjectId(long value) implements Comparable<ProjectId> {

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ProjectId parse(String text) {
        return new ProjectId(TimeId.parse(text));
    }

    @Override
    public int compareTo(ProjectId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return TimeId.text(value);
    }
}
