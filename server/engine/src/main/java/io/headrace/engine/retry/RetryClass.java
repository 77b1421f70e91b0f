package io.headrace.engine.retry;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What {@code retry_on} names: failures that have the same chance to be gone later. */
public enum RetryClass {
    /** Something of ours went away, such as a worker. */
    TRANSIENT_INFRASTRUCTURE,
    /** Something that we use does not answer, such as a registry. */
    TRANSIENT_DEPENDENCIES,
    /** Memory, disk or processes are used up. */
    RESOURCE_EXHAUSTION,
    /** The command itself ended so. */
    PERMANENT_CODE_ISSUES,
    /** What was asked for does not exist, or is not allowed. */
    CONFIGURATION_ERRORS;

    /** Those that pass without anybody's doing. */
    public static final Set<RetryClass> PASSING =
            Set.copyOf(
                    EnumSet.of(
                            TRANSIENT_INFRASTRUCTURE, TRANSIENT_DEPENDENCIES, RESOURCE_EXHAUSTION));

    /** Returns the name as files write it, such as {@code transient_infrastructure}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what {@link #key} wrote.
     *
     * @throws IllegalArgumentException if there is no such class
     */
    public static RetryClass of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
