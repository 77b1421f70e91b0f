package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.schema.Key;
import io.headrace.language.schema.Level;
import io.headrace.language.schema.Schema;
import io.headrace.language.schema.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the reference says that expressions may stand, they get their values (VAR-013). */
class TemplateKeysTest {

    static Stream<Arguments> templates() {
        return keys(Shape.Use.TEMPLATE);
    }

    static Stream<Arguments> fixed() {
        return keys(Shape.Use.FIXED);
    }

    private static Stream<Arguments> keys(Shape.Use use) {
        return Schema.levels().stream()
                .flatMap(level ->
                        level.keys().stream()
                                .filter(key -> values(key.shape()).anyMatch(use::equals))
                                .filter(key ->
                                        use == Shape.Use.TEMPLATE
                                                || values(key.shape())
                                                        .noneMatch(Shape.Use.TEMPLATE::equals))
                                .map(key -> Arguments.of(level, key.name())));
    }

    /** Returns what becomes of the texts that a value may be, or be a list or a map of. */
    private static Stream<Shape.Use> values(Shape shape) {
        return shape.alternatives()
                .flatMap(each ->
                        switch (each) {
                            case Shape.Text text -> Stream.of(text.use());
                            case Shape.ListOf list -> values(list.item());
                            case Shape.MapOf map -> values(map.value());
                            default -> Stream.empty();
                        });
    }

    private static PipelineParser.Result parse(String file) {
        return new PipelineParser()
                .parse(
                        "ci.yml",
                        file,
                        (repository, path) ->
                                path.equals("some.yml")
                                        ? Includes.Included.of("env: {SOME: inserted}")
                                        : Pipelines.SMALL_FILES.read(repository, path));
    }

    private static String file(Level level, Key key, String text) {
        var kinds = key.shape().alternatives().toList();
        boolean map = kinds.stream().anyMatch(Shape.MapOf.class::isInstance);
        boolean list =
                kinds.stream().anyMatch(each -> each instanceof Shape.ListOf of && !of.singly());
        var example = level.file(key);
        var line =
                example.lines()
                        .filter(each -> each.strip().startsWith(key.name() + ":"))
                        .reduce((_, last) -> last)
                        .orElseThrow();
        int colon = line.indexOf(key.name() + ":") + key.name().length() + 1;
        int from = example.lastIndexOf(line);
        int to = from + line.length();
        // What is indented deeper belongs to the value that is replaced.
        var indent = line.length() - line.stripLeading().length();
        while (to + 1 < example.length()
                && example.substring(to + 1).startsWith(" ".repeat(indent + 1))) {
            int end = example.indexOf('\n', to + 1);
            to = end < 0 ? example.length() : end;
        }
        var value = (map ? " {k1: '%s'}" : list ? " ['%s']" : " '%s'").formatted(text);
        return "include: some.yml\n"
                + example.substring(0, from)
                + line.substring(0, colon)
                + value
                + example.substring(to);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("templates")
    void aTextThatTakesExpressionsHasTheirValuesInThePlan(Level level, String name) {
        var key = level.key(name);
        assertThat(key).isNotNull();

        var file = file(level, key, "before-${SOME}-after");

        var parsed = parse(file);
        assertThat(Pipelines.errors(parsed.problems())).as(file).isEmpty();
        var pipeline = parsed.pipeline();
        assertThat(pipeline).isNotNull();
        var planned = new Planner().plan(pipeline, Events.push("main"));
        assertThat(planned.plan()).as("%s%n%s", file, planned.problems()).isNotNull();
        assertThat(planned.plan().toString())
                .as(file)
                .contains("before-inserted-after")
                .doesNotContain("${SOME}");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("fixed")
    void aTextThatTakesNoneKeepsThemOrIsRefused(Level level, String name) {
        var key = level.key(name);
        assertThat(key).isNotNull();

        var file = file(level, key, "before-${SOME}-after");

        var parsed = parse(file);
        var pipeline = parsed.pipeline();
        if (pipeline != null) {
            var plan = new Planner().plan(pipeline, Events.push("main")).plan();
            assertThat(String.valueOf(plan)).as(file).doesNotContain("before-inserted-after");
        }
    }
}
