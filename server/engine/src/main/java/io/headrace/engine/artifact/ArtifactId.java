package io.headrace.engine.artifact;

import io.headrace.engine.TimeId;

/** Identifies an artifact. Its text form is that of {@link TimeId}. */
public record ArtifactId(long value) implements Comparable<ArtifactId> {

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ArtifactId parse(String text) {
        return new ArtifactId(TimeId.parse(text));
    }

    @Override
    public int compareTo(ArtifactId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return TimeId.text(value);
    }
}
