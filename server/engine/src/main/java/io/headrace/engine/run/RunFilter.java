package io.headrace.engine.run;

import org.jspecify.annotations.Nullable;

/**
 * Which runs a list shows; null leaves a side open.
 *
 * @param project a project's name
 * @param branch short name of a branch
 */
public record RunFilter(
        @Nullable String project, @Nullable Status status, @Nullable String branch) {

    /** All runs. */
    public static final RunFilter ALL = new RunFilter(null, null, null);
}
