package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.headrace.language.explain.Explainer;
import io.headrace.language.explain.PlanOutline;
import io.headrace.language.explain.PlanSvg;
import io.headrace.language.format.FormatException;
import io.headrace.language.format.Formatter;
import io.headrace.language.schema.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds all that is made of a pipeline file: beside {@code approved/x.yml} stand its plan with what
 * explains it, its drawing and its formatted text, each looked at by somebody.
 */
class ApprovedTest {

    private static final Path APPROVED = Path.of("src/test/resources/approved");

    static Stream<Path> files() throws IOException {
        try (var all = Files.list(APPROVED)) {
            return all
                    .filter(file -> file.toString().matches(".*/[a-z]+\\.yml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aPlanAndItsExplanationsAreAsApproved(Path file) throws IOException {
        var result = new PipelineParser().parse("ci.yml", Files.readString(file));
        var text = new StringBuilder();
        result.problems().forEach(problem -> text.append(problem).append('\n'));
        assertThat(result.pipeline()).as(text.toString()).isNotNull();
        var event = Events.push("main");
        var planned = new Planner().plan(result.pipeline(), event);
        planned.problems().forEach(problem -> text.append(problem).append('\n'));
        assertThat(planned.plan()).as(text.toString()).isNotNull();
        text.append('\n').append(Shown.of(planned.plan()));
        var explainer = new Explainer(result.pipeline(), event, planned.plan());
        for (var job : explainer.jobs()) {
            explainer.explain(job).ifPresent(found -> text.append('\n').append(Shown.of(found)));
        }

        assertApproved(file, ".plan.txt", text.toString());
    }

    @ParameterizedTest
    @MethodSource("files")
    void aDrawingIsAsApproved(Path file) throws IOException {
        var plan = Pipelines.plan(Files.readString(file));
        var past = new TreeMap<String, Duration>();
        plan.jobs().forEach(job -> past.put(job.id(), Duration.ofSeconds(10L * past.size() + 5)));

        assertApproved(file, ".svg", PlanSvg.draw(PlanOutline.of(plan, true)));
        assertApproved(
                file,
                ".outline.txt",
                Shown.of(PlanOutline.of(plan, true, past))
                        + Shown.of(PlanOutline.of(plan, false, Map.of())));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFormattedFileIsAsApproved(Path file) throws IOException, FormatException {
        assertApproved(file, ".formatted.yml", Formatter.format(Files.readString(file)));
    }

    @Test
    void theSchemaForEditorsIsAsApproved() throws IOException {
        var schema =
                new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(JsonSchema.generate());

        assertApproved(APPROVED.resolve("schema.yml"), ".json", schema + "\n");
    }

    private static void assertApproved(Path file, String ending, String text) throws IOException {
        var approved = Path.of(file.toString().replaceFirst("\\.yml$", ending));
        if (Boolean.getBoolean("headrace.regenerate")) {
            Files.writeString(approved, text);
        }
        assertThat(text)
                .as(
                        "%s; if the change is meant, write it anew and look at what git diff says:"
                                + " mvn -pl server/language -am test -Dtest=ApprovedTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dheadrace.regenerate=true",
                        approved)
                .isEqualTo(Files.readString(approved));
    }
}
