package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many there may be of what a file says for later, and how long it may be. */
class SettingBoundsTest {

    private static List<String> errors(String more) {
        return Pipelines.errors(
                """
                name: x
                jobs: {build: {steps: [{name: a, run: b}]}}
                %s
                """
                        .formatted(more));
    }

    private static String many(int count, String each) {
        return IntStream.range(0, count)
                .mapToObj(i -> each.formatted(i))
                .collect(Collectors.joining(", "));
    }

    @Test
    void aListHasUpToAThousandItems() {
        var list = "notifications: [%s]";

        assertThat(errors(list.formatted(many(1000, "{email: a%d@example.org}")))).isEmpty();
        assertThat(errors(list.formatted(many(1001, "{email: a%d@example.org}"))))
                .containsExactly(
                        "ci.yml:3:16: there are 1,001, and the limit is 1,000; write fewer");
    }

    @Test
    void aManifestHasUpToAHundredFragments() {
        var map = "manifest: {manifest_id: web, fragments: {%s}}";

        assertThat(errors(map.formatted(many(100, "f%d: 0.1.0")))).isEmpty();
        assertThat(errors(map.formatted(many(101, "f%d: 0.1.0"))))
                .containsExactly("ci.yml:3:41: there are 101, and the limit is 100; write fewer");
    }

    @Test
    void aTextHasUpToAThousandCharacters() {
        var text = "image_build: {base: \"python:3\", env: {A: %s}}";

        assertThat(errors(text.formatted("x".repeat(1000)))).isEmpty();
        assertThat(errors(text.formatted("x".repeat(1001))))
                .containsExactly("ci.yml:3:42: 'A' is longer than 1000 characters; shorten it");
    }
}
