package io.headrace.store;

import io.headrace.engine.Page;
import io.headrace.engine.Refused;
import io.headrace.engine.TimeId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of lists: each begins behind the last item of the one before. */
final class Cursors {

    private Cursors() {}

    /** Returns the id behind which a page begins, or null for the first page. */
    static @Nullable Long id(@Nullable String after) {
        if (after == null) {
            return null;
        }
        try {
            return TimeId.parse(after);
        } catch (IllegalArgumentException e) {
            throw new Refused(
                    Refused.Why.INVALID,
                    "'" + after + "' is no cursor; give back 'next' of the page before",
                    e);
        }
    }

    static void check(int limit) {
        if (limit < 1 || limit > 1000) {
            throw Refused.invalid("The limit must be 1 to 1000, not " + limit);
        }
    }

    /** Makes a page of up to {@code limit + 1} items that were found. */
    static <T> Page<T> page(List<T> found, int limit, Function<T, String> cursor) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, cursor.apply(items.getLast()));
    }
}
