package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the messages for files that are wrong in ways in which people get them wrong. Beside each
 * {@code wrong/x.yml} stands {@code wrong/x.txt}: all that is said about it. Files whose name
 * begins with {@code strict-} are read in strict mode.
 */
class CorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources");

    static Stream<Path> wrong() throws IOException {
        return files("wrong");
    }

    static Stream<Path> valid() throws IOException {
        return files("valid");
    }

    private static Stream<Path> files(String folder) throws IOException {
        try (var all = Files.list(CORPUS.resolve(folder))) {
            return all.filter(file -> file.toString().endsWith(".yml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongFileIsToldWhatIsWrongAndWhatToDo(Path file) throws IOException {
        var strict = file.getFileName().toString().startsWith("strict-");
        var result =
                new PipelineParser(Limits.DEFAULT.strict(strict))
                        .parse("ci.yml", Files.readString(file));

        var expected = Path.of(file.toString().replace(".yml", ".txt"));
        assertThat(shown(result.problems())).isEqualTo(Files.readString(expected));
        assertThat(result.problems())
                .allSatisfy(problem -> {
                    assertThat(problem.length()).isPositive();
                    assertThat(problem.fix()).isNotBlank();
                });
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidFileIsPlannedAndAlwaysInTheSameWay(Path file) throws IOException {
        var text = Files.readString(file);
        var event =
                new PlanEvent(
                        "shop",
                        PlanEvent.Type.PUSH,
                        "refs/heads/main",
                        "main",
                        null,
                        "0123",
                        Map.of());

        var first = new PipelineParser().parse("ci.yml", text);
        var again = new PipelineParser().parse("ci.yml", text);

        assertThat(first.pipeline()).as("%s", first.problems()).isNotNull();
        assertThat(again.pipeline()).isNotNull();
        var plan = new Planner().plan(first.pipeline(), event);
        assertThat(plan.plan()).as("%s", plan.problems()).isNotNull();
        assertThat(new Planner().plan(again.pipeline(), event)).isEqualTo(plan);
    }

    private static String shown(List<PipelineProblem> problems) {
        return problems.stream()
                .map(problem ->
                        "%s%n%s %s%s%n%s%n%s%n"
                                .formatted(
                                        problem,
                                        problem.code(),
                                        problem.severity(),
                                        problem.context().isEmpty() ? "" : " " + problem.context(),
                                        problem.source(),
                                        " ".repeat(problem.column() - 1)
                                                + "^".repeat(problem.length())))
                .collect(Collectors.joining("\n"));
    }
}
