package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.schema.Key;
import io.headrace.language.schema.Level;
import io.headrace.language.schema.Schema;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {

    static Stream<Arguments> keys() {
        return Schema.levels().stream()
                .flatMap(
                        level -> level.keys().stream().map(key -> Arguments.of(level, key.name())));
    }

    @Tag("broad")
    @ParameterizedTest
    @MethodSource("keys")
    void theExampleOfEveryKeyIsAPipeline(Level level, String name) {
        var key = key(level, name);

        var file = level.file(key);

        var parsed = new PipelineParser().parse("ci.yml", file, Pipelines.SMALL_FILES);
        var pipeline = parsed.pipeline();
        assertThat(Pipelines.errors(parsed.problems())).as(file).isEmpty();
        assertThat(pipeline).isNotNull();
        var planned = new Planner().plan(pipeline, Events.push("main"));
        assertThat(planned.plan()).as("%s", planned.problems()).isNotNull();
        assertThat(file).as("the example shows the key").contains(key.name() + ":");
    }

    @Tag("broad")
    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyIsDescribedInOneSentence(Level level, String name) {
        var key = key(level, name);

        assertThat(key.description()).matches("(?s)\\S.*\\.");
        assertThat(key.otherwise()).isNotBlank();
        assertThat(key.since()).isNotBlank();
    }

    @Test
    void noSpellingOfALevelMeansTwoKeys() {
        for (var level : Schema.levels()) {
            var spellings = new HashSet<String>();
            for (var key : level.keys()) {
                assertThat(key.spellings())
                        .as("%s of %s", key.name(), level)
                        .allMatch(spellings::add);
            }
        }
    }

    @Test
    void levelsHaveNamesOfTheirOwn() {
        assertThat(Schema.levels()).extracting(Level::name).doesNotHaveDuplicates();
    }

    private static Key key(Level level, String name) {
        var key = level.key(name);
        assertThat(key).isNotNull();
        return key;
    }
}
