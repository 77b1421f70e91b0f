package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where in a text something is wrong, to the character. In {@code positions.txt} each text stands
 * before what is said about it: the part that is marked, its column, and what is wrong.
 */
class TextPositionsTest {

    private static final Path TEXTS = Path.of("src/test/resources/positions.txt");

    static Stream<String> texts() throws IOException {
        return Arrays.stream(Files.readString(TEXTS).split("\n\n"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void exactlyWhatIsWrongIsMarked(String expected) {
        var text = expected.lines().findFirst().orElse("");
        var file =
                """
                name: x
                global_env:
                 V: |-
                  %s
                jobs: {build: {steps: [{name: a, run: b}]}}
                """
                        .formatted(text);

        var problems = new PipelineParser().parse("ci.yml", file).problems();

        assertThat(problems).allSatisfy(problem -> assertThat(problem.line()).isEqualTo(4));
        assertThat(
                        Stream.concat(
                                        Stream.of(text),
                                        problems.stream().map(TextPositionsTest::shown))
                                .collect(Collectors.joining("\n")))
                .isEqualTo(expected.stripTrailing());
    }

    private static String shown(PipelineProblem problem) {
        int start = problem.column() - 1;
        var line = problem.source() == null ? "" : problem.source();
        return "    <%s> %d %s"
                .formatted(
                        line.substring(
                                Math.min(start, line.length()),
                                Math.min(line.length(), start + problem.length())),
                        problem.column(),
                        problem.message());
    }
}
