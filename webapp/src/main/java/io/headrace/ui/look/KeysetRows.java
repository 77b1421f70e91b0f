package io.headrace.ui.look;

import io.headrace.engine.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a keyset-paged list to a grid, which counts rows. Remembers where pages begin, never what
 * is in them. Used by one page at a time, with its lock.
 */
public final class KeysetRows<T> {

    /** Rows that are asked for at once. */
    public static final int PAGE = 50;

    private final Source<T> source;
    private final List<@Nullable String> starts = new ArrayList<>();
    private boolean ended;

    /** Where pages come from. */
    public interface Source<T> {

        /**
         * Returns a page.
         *
         * @param after {@link Page#next} of the page before, or null for the first
         */
        Page<T> page(@Nullable String after, int limit);
    }

    public KeysetRows(Source<T> source) {
        this.source = source;
        reset();
    }

    /** Forgets where pages begin, because the list may have changed. */
    public void reset() {
        starts.clear();
        starts.add(null);
        ended = false;
    }

    /** Returns rows {@code offset} to {@code offset + limit - 1}, as far as there are any. */
    public List<T> rows(int offset, int limit) {
        var rows = new ArrayList<T>();
        var from = offset;
        while (rows.size() < limit) {
            var page = page(from / PAGE);
            if (page == null) {
                break;
            }
            var items = page.items();
            var skip = from % PAGE;
            if (skip >= items.size()) {
                break;
            }
            var taken = items.subList(skip, Math.min(items.size(), skip + limit - rows.size()));
            rows.addAll(taken);
            from += taken.size();
        }
        return rows;
    }

    private @Nullable Page<T> page(int number) {
        while (starts.size() <= number) {
            if (ended) {
                return null;
            }
            load(starts.size() - 1);
        }
        return load(number);
    }

    private Page<T> load(int number) {
        var page = source.page(starts.get(number), PAGE);
        if (starts.size() == number + 1) {
            if (page.next() == null) {
                ended = true;
            } else {
                starts.add(page.next());
            }
        }
        return page;
    }
}
