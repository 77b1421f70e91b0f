package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferencePageTest {

    private static final Path PAGE = Path.of("../../docs/pipeline.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");

    static Stream<String> examples() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE)).results().map(match -> match.group(1));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleOfTheReferenceIsAPipelineWithoutProblems(String example) {
        var parsed = new PipelineParser().parse("example.yml", example, Pipelines.SMALL_FILES);

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.pipeline()).isNotNull();
        var planned = new Planner().plan(parsed.pipeline(), Events.push("main"));
        assertThat(planned.problems()).isEmpty();
    }

    @Test
    void theReferenceNamesEveryKey() throws IOException {
        var page = Files.readString(PAGE);

        var levels = Stream.of(Schema.JOB, Schema.STEP, Schema.PIPELINE);
        assertThat(levels.flatMap(each -> each.names().stream()))
                .allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
    }

    @Test
    void codesOfProblemsAreUnique() {
        assertThat(Arrays.stream(ProblemCode.values()).map(ProblemCode::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("HR1\\d{3}"));
    }
}
