package io.headrace.web.http;

import io.headrace.engine.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next give it back as {@code after} for the following part; left out on the last
 */
public record PageView<T>(List<T> items, @Nullable String next) {

    public static <S, T> PageView<T> of(Page<S> page, Function<? super S, ? extends T> view) {
        return new PageView<>(page.items().stream().<T>map(view).toList(), page.next());
    }

    public static <T> PageView<T> whole(List<T> items) {
        return new PageView<>(items, null);
    }
}
