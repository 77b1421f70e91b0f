package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MutatedFilesTest {

    private static final List<String> PIECES =
            List.of(
                    "${{",
                    "}}",
                    "'",
                    "\"",
                    "\n",
                    "  ",
                    "- ",
                    ": ",
                    "[",
                    "]",
                    "{",
                    "}",
                    "&a ",
                    "*a",
                    "!x ",
                    "|\n",
                    "#",
                    "\t",
                    "matrix",
                    "${matrix.x}",
                    "branch",
                    "==",
                    "&&",
                    "(",
                    ")",
                    "<<: *a",
                    "null",
                    "~",
                    "\u2028",
                    "\uD83D\uDE00",
                    "-1",
                    "\r",
                    "\\",
                    "jobs",
                    "needs",
                    "if: ",
                    "on: ");

    private final Random random = new Random(20_261_121);

    /** Whatever stands in a file, the answer is a plan or problems that point into the file. */
    @Test
    void noFileMakesAnythingButAPlanOrProblems() throws IOException {
        var seeds = seeds();

        for (int i = 0; i < 2000; i++) {
            var text = mutated(seeds);
            var parsed = new PipelineParser().parse("ci.yml", text);
            assertThat(parsed.problems())
                    .as("problems of:%n%s", text)
                    .allSatisfy(problem -> assertPointsIntoTheFile(problem));
            if (parsed.pipeline() == null) {
                assertThat(Pipelines.errors(parsed.problems())).isNotEmpty();
            } else {
                var planned = new Planner().plan(parsed.pipeline(), Events.push("main"));
                assertThat(planned.plan() == null).isEqualTo(!planned.problems().isEmpty());
            }
        }
    }

    private static void assertPointsIntoTheFile(PipelineProblem problem) {
        assertThat(problem.source()).isNotNull();
        var line = problem.source();
        assertThat(problem.column()).isBetween(1, line.codePointCount(0, line.length()) + 1);
        assertThat(problem.fix()).isNotBlank();
        assertThat(problem.message()).isNotBlank();
    }

    private static List<String> seeds() throws IOException {
        var seeds = new ArrayList<String>();
        seeds.add(Files.readString(Path.of("../../docs/examples/demo/.headrace.yml")));
        try (var files = Files.walk(Path.of("src/test/resources"))) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".yml")).sorted().toList()) {
                seeds.add(Files.readString(file));
            }
        }
        return seeds;
    }

    private String mutated(List<String> seeds) {
        var text = new StringBuilder(any(seeds));
        for (int i = random.nextInt(5); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, any(PIECES));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                default -> {
                    var other = any(seeds);
                    int from = random.nextInt(other.length());
                    int to = Math.min(other.length(), from + random.nextInt(80));
                    text.insert(at, other, from, to);
                }
            }
        }
        return text.toString();
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
