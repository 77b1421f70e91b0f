package io.headrace.language.expression;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that an expression may use in one place of a pipeline. */
public interface Vocabulary {

    /** Returns the type of the value that {@code path} names, or null if there is no such name. */
    @Nullable Type type(String path);

    /**
     * Why a name that exists can't stand in this place.
     *
     * @param message what is wrong
     * @param fix what to do
     */
    record Refusal(Flaw.Kind kind, String message, String fix) {}

    /** Returns why a name without a type can't stand here; null if there is no such name at all. */
    default @Nullable Refusal refusal(String path) {
        return null;
    }

    /** Returns the only values that a name can have; empty if it can have any. */
    default Set<String> values(String path) {
        return Set.of();
    }

    /**
     * Returns what to do about a name that is not known, such as {@code did you mean 'branch'?}.
     */
    String suggest(String path);

    /** Returns the known names, for messages. */
    Collection<String> names();

    /** Tells whether {@code hashFiles()} has a value when it is needed. */
    default boolean allowsFiles() {
        return false;
    }

    /** Returns what is wrong with a glob over the workspace, such as {@code is blank}, or null. */
    default @Nullable String flawOfGlob(String glob) {
        return null;
    }

    /** Tells whether {@code success()}, {@code failure()} and {@code always()} mean anything. */
    boolean allowsStatus();
}
