package io.headrace.executor.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "dist/*.jar, dist/a.jar, true",
        "dist/*.jar, dist/sub/a.jar, false",
        "**/*.jar, a.jar, true",
        "**/*.jar, a/b/c.jar, true",
        "a/**/b, a/b, true",
        "a/**/b, a/x/y/b, true",
        "a/**/b, a/xb, false",
        "a/**, a/b/c, true",
        "a/**, a, false",
        "**, a/b, true",
        "a/, a/b/c, true",
        "./a/./b, a/b, true",
        "a//b, a/b, true",
        "?.txt, a.txt, true",
        "?.txt, ab.txt, false",
        "a?b, a/b, false",
        "[ab]{c}, [ab]{c}, true",
        "[ab], a, false",
        "**.xml, a/b.xml, true",
    })
    void matches(String pattern, String path, boolean matches) throws Exception {
        assertThat(Glob.of(pattern).matches(path)).isEqualTo(matches);
    }

    @Test
    void noPatternTakesLong() throws Exception {
        var glob = Glob.of("**/*a".repeat(40));
        var path = "a/".repeat(1000) + "b";

        assertTimeout(Duration.ofSeconds(5), () -> assertThat(glob.matches(path)).isFalse());
    }

    @ParameterizedTest
    @CsvSource({"target/*.jar, target", "*/a, ''", "file, file", "**/x, ''", "a?/b, ''"})
    void knowsBelowWhichNameAllMatchesAre(String pattern, String top) throws Exception {
        assertThat(Glob.of(pattern).top()).isEqualTo(top);
    }
}
