package io.headrace.engine.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; null means any.
 *
 * @param project name, whatever the case
 * @param causeKey of a group
 */
public record DeadLetterFilter(
        DeadLetter.@Nullable State state, @Nullable String project, @Nullable String causeKey) {

    /** Returns a filter for those about which something can be done. */
    public static DeadLetterFilter open(@Nullable String project, @Nullable String causeKey) {
        return new DeadLetterFilter(DeadLetter.State.OPEN, project, causeKey);
    }
}
