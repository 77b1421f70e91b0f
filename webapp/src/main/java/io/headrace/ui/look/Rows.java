package io.headrace.ui.look;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A list that is drawn again and again. A row stays in the page, and keeps the focus, as long as
 * what it shows is there. Used by one page at a time, with its lock.
 *
 * @param <T> what a row shows
 */
public final class Rows<T> extends UnorderedList {

    private static final long serialVersionUID = 1L;

    private final transient Function<T, Object> key;
    private final transient Function<T, Row<T>> make;
    private final transient Map<Object, Row<T>> rows = new HashMap<>();

    /** A row. */
    public abstract static class Row<T> extends ListItem {

        private static final long serialVersionUID = 1L;

        /** Draws what it shows now; called first when the row is new. */
        public abstract void show(T now);
    }

    /**
     * @param key what stays the same of a thing for as long as it is there
     * @param make makes the row of a thing
     */
    public Rows(Function<T, Object> key, Function<T, Row<T>> make) {
        this.key = key;
        this.make = make;
        addClassName("rows");
    }

    /** Shows {@code things} in their order, and nothing else. */
    public void show(List<T> things) {
        var keys = things.stream().map(key).toList();
        var gone = new HashSet<>(rows.keySet());
        keys.forEach(gone::remove);
        gone.forEach(one -> remove(rows.remove(one)));
        for (var i = 0; i < things.size(); i++) {
            var thing = things.get(i);
            var row = rows.computeIfAbsent(keys.get(i), _ -> make.apply(thing));
            row.show(thing);
            if (i >= getComponentCount() || !getComponentAt(i).equals(row)) {
                addComponentAtIndex(i, row);
            }
        }
    }
}
