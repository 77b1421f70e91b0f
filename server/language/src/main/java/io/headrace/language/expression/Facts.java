package io.headrace.language.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known when an expression is evaluated. */
public interface Facts {

    /** Returns the value that {@code path} names, or null if it isn't known yet. */
    @Nullable Value value(String path);

    /**
     * Returns what stands for a value that isn't known yet, such as the definition of a variable
     * that is known later itself; null if the name does.
     */
    default @Nullable Expression later(String path) {
        return null;
    }

    /** Returns the digest over the files that match, or null if the workspace isn't there yet. */
    default @Nullable String hashFiles(List<String> globs) {
        return null;
    }

    /** Returns what becomes of a variable in a text that has no value. */
    default Undefined undefined() {
        return Undefined.ERROR;
    }

    /** Tells whether a value that isn't known yet will be when the job starts. */
    default boolean isKnownLater(String path) {
        return false;
    }

    /**
     * Returns what to do about a variable that has no value, such as {@code did you mean 'HOME'?}.
     */
    default String suggest(String variable) {
        return "define it in the pipeline";
    }

    /**
     * Counts characters that were made of values.
     *
     * @throws ExpressionException if that are more than may be made
     */
    default void spend(int characters) throws ExpressionException {}

    /** Returns what a function of the run's status gives, or null if it isn't known yet. */
    @Nullable Boolean status(Function function);
}
