package io.headrace.ui.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeysetRowsTest {

    private final List<@Nullable String> asked = new ArrayList<>();
    private int size = 120;

    @Test
    void rowsComeInTheirOrderWhereverAGridBegins() {
        var rows = new KeysetRows<Integer>(this::page);

        assertThat(rows.rows(0, 50)).containsExactlyElementsOf(numbers(0, 50));
        assertThat(rows.rows(30, 50)).containsExactlyElementsOf(numbers(30, 80));
        assertThat(rows.rows(100, 50)).containsExactlyElementsOf(numbers(100, 120));
        assertThat(rows.rows(150, 50)).isEmpty();
    }

    @Test
    void aPageIsFoundAgainWithoutReadingThoseBefore() {
        var rows = new KeysetRows<Integer>(this::page);
        assertThat(rows.rows(100, 20)).hasSize(20);
        asked.clear();

        assertThat(rows.rows(100, 20)).hasSize(20);

        assertThat(asked).containsExactly("100");
    }

    @Test
    void whatWasAddedIsSeenAfterAReset() {
        var rows = new KeysetRows<Integer>(this::page);
        assertThat(rows.rows(0, 200)).hasSize(120);
        size = 160;

        rows.reset();

        assertThat(rows.rows(0, 200)).hasSize(160);
    }

    private Page<Integer> page(@Nullable String after, int limit) {
        asked.add(after);
        var from = after == null ? 0 : Integer.parseInt(after);
        var to = Math.min(size, from + limit);
        return new Page<>(numbers(from, to), to < size ? String.valueOf(to) : null);
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
