package io.headrace.engine.access;

import io.headrace.engine.TimeId;

/** Identifies an account. Its text form is that of {@link TimeId}. */
public record AccountId(long value) implements Comparable<AccountId> {

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static AccountId parse(String text) {
        return new AccountId(TimeId.parse(text));
    }

    @Override
    public int compareTo(AccountId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return TimeId.text(value);
    }
}
