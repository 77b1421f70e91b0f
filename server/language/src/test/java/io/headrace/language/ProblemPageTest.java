package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.explain.TimeCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the page that explains each code: its wrong file has the problem, its right one hasn't. */
class ProblemPageTest {

    private static final Path PAGE = Path.of("../../docs/problems.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");

    private static final Includes FILES =
            (_, path) ->
                    switch (path) {
                        case "missing.yml" -> Includes.Included.refused("there is no such file");
                        case "loop.yml" -> Includes.Included.of("include: loop.yml");
                        default -> Includes.Included.of("x-nothing: 1");
                    };

    private static final Planner.Workers WORKERS =
            new Planner.Workers() {
                @Override
                public boolean canTake(String pool, List<String> labels) {
                    return !labels.contains("gpu");
                }

                @Override
                public Planner.Offer offer() {
                    return new Planner.Offer(4, 8, 16L << 30);
                }
            };

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void eachCodeIsExplainedByAWrongAndARightFile(ProblemCode code) throws IOException {
        var section = section(code);
        var blocks = BLOCK.matcher(section).results().map(each -> each.group(1)).toList();

        assertThat(section).contains("**" + code.title() + ".**");
        assertThat(blocks).hasSize(2);
        assertThat(codes(blocks.getFirst())).contains(code.id());
        assertThat(codes(blocks.getLast())).isEmpty();
    }

    @Test
    void thePageExplainsNoCodeThatThereIsNot() throws IOException {
        var known = Arrays.stream(ProblemCode.values()).map(ProblemCode::id).toList();

        assertThat(Pattern.compile("(?m)^## (\\w+)$").matcher(Files.readString(PAGE)).results())
                .extracting(each -> each.group(1))
                .containsExactlyElementsOf(known);
    }

    private static String section(ProblemCode code) throws IOException {
        var page = Files.readString(PAGE);
        var heading = "## " + code.id() + "\n";
        int begin = page.indexOf(heading);
        assertThat(begin).as("the section of %s", code.id()).isPositive();
        int end = page.indexOf("\n## ", begin);
        return page.substring(begin, end < 0 ? page.length() : end);
    }

    private static List<String> codes(String text) {
        var parsed = new PipelineParser().parse("ci.yml", text, FILES);
        var problems = new ArrayList<>(parsed.problems());
        var pipeline = parsed.pipeline();
        if (pipeline != null) {
            var planned = new Planner().plan(pipeline, Events.push("main"), WORKERS);
            problems.addAll(planned.problems());
            var plan = planned.plan();
            if (plan != null) {
                // In the past, 'build' took an hour.
                TimeCheck.check(pipeline, plan, Map.of("build", Duration.ofHours(1)))
                        .ifPresent(problems::add);
            }
        }
        return problems.stream().map(PipelineProblem::code).distinct().toList();
    }
}
