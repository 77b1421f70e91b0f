package io.headrace.language.expression;

import org.jspecify.annotations.Nullable;

/** What is known when an expression is evaluated. */
public interface Facts {

    /** Returns the value that {@code path} names, or null if it isn't known yet. */
    @Nullable Value value(String path);

    /** Returns what a function of the run's status gives, or null if it isn't known yet. */
    @Nullable Boolean status(Function function);
}
