package io.headrace.engine.access;

import io.headrace.engine.TimeId;

/** Identifies an API token, without being one. Its text form is that of {@link TimeId}. */
public record TokenId(long value) implements Comparable<TokenId> {

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static TokenId parse(String text) {
        return new TokenId(TimeId.parse(text));
    }

    @Override
    public int compareTo(TokenId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return TimeId.text(value);
    }
}
