package io.headrace.language.expression;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The names that an expression may use in one place of a pipeline. */
public interface Vocabulary {

    /** Returns the type of the value that {@code path} names, or null if there is no such name. */
    @Nullable Type type(String path);

    /**
     * Returns what to do about a name that is not known, such as {@code did you mean 'branch'?}.
     */
    String suggest(String path);

    /** Returns the known names, for messages. */
    Collection<String> names();

    /** Tells whether {@code success()}, {@code failure()} and {@code always()} mean anything. */
    boolean allowsStatus();
}
