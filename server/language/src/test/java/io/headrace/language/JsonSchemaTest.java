package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.headrace.language.schema.JsonSchema;
import io.headrace.language.schema.Key;
import io.headrace.language.schema.Level;
import io.headrace.language.schema.Schema;
import io.headrace.language.yaml.CoreValues;
import io.headrace.language.yaml.SourceText;
import io.headrace.language.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the JSON Schema against the parser: both are made of one model, and must agree. */
class JsonSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final com.networknt.schema.Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(JSON.<JsonNode>valueToTree(JsonSchema.generate()));
    private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");

    static Stream<Path> validFiles() throws IOException {
        try (var corpus = Files.list(Path.of("src/test/resources/valid"));
                var examples = Files.walk(Path.of("../../docs/examples"))) {
            var found =
                    Stream.concat(
                                    corpus.filter(file -> file.toString().endsWith(".yml")),
                                    examples.filter(file -> file.endsWith(".headrace.yml")))
                            .sorted()
                            .toList();
            return Stream.concat(found.stream(), Stream.of(Path.of("../../.headrace.yml")));
        }
    }

    static Stream<String> examplesOfTheGuide() throws IOException {
        var page = Files.readString(Path.of("../../docs/pipeline.md"));
        return BLOCK.matcher(page).results().map(match -> match.group(1));
    }

    static Stream<Arguments> examplesOfKeys() {
        return Schema.levels().stream()
                .flatMap(level -> level.keys().stream().map(key -> Arguments.of(level, key)));
    }

    static Stream<WrongFiles.Fault> faults() {
        return WrongFiles.all();
    }

    @Tag("broad")
    @ParameterizedTest
    @MethodSource("validFiles")
    void whatTheParserTakesTheSchemaTakes(Path file) throws IOException {
        assertThat(flaws(Files.readString(file))).isEmpty();
    }

    @Tag("broad")
    @ParameterizedTest
    @MethodSource("examplesOfTheGuide")
    void theSchemaTakesTheExamplesOfTheGuide(String example) {
        assertThat(flaws(example)).isEmpty();
    }

    @Tag("broad")
    @ParameterizedTest
    @MethodSource("examplesOfKeys")
    void theSchemaTakesTheExampleOfEveryKeyInEachOfItsSpellings(Level level, Key key) {
        var file = level.file(key);
        for (var spelling : key.spellings()) {
            var text =
                    file.replaceFirst(
                            "(?m)^(\\s*)\\Q" + key.name() + "\\E:", "$1" + spelling + ":");

            assertThat(flaws(text)).as(text).isEmpty();
        }
    }

    @Tag("broad")
    @ParameterizedTest
    @MethodSource("faults")
    void whatTheSchemaRefusesTheParserRefuses(WrongFiles.Fault fault) {
        assertThat(Pipelines.errors(fault.text())).as(fault.text()).isNotEmpty();
        assertThat(flaws(fault.text())).as(fault.text()).isNotEmpty();
    }

    @Tag("broad")
    @ParameterizedTest
    @MethodSource("io.headrace.language.WrongFiles#onlyForTheParser")
    void whatNoSchemaCanSeeTheParserRefuses(WrongFiles.Fault fault) {
        assertThat(Pipelines.errors(fault.text())).as(fault.text()).isNotEmpty();
        assertThat(flaws(fault.text())).as(fault.toString()).isEmpty();
    }

    @Test
    void thereAreAHundredWrongFilesAndMore() {
        assertThat(WrongFiles.all()).hasSizeGreaterThanOrEqualTo(100);
    }

    @Test
    void theSchemaIsASchemaAndAlwaysTheSame() {
        var meta =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                com.networknt.schema.SchemaLocation.of(
                                        "https://json-schema.org/draft/2020-12/schema"));

        JsonNode schema = JSON.valueToTree(JsonSchema.generate());

        assertThat(meta.validate(schema)).isEmpty();
        assertThat(JsonSchema.generate()).isEqualTo(JsonSchema.generate());
    }

    @Test
    void editorsAreToldWhatAKeyMeansItsDefaultAndAnExample() {
        JsonNode schema = JSON.valueToTree(JsonSchema.generate());

        var timeout = schema.at("/$defs/pipeline/properties/timeout");
        assertThat(timeout.path("description").asText())
                .isEqualTo("Longest time of a whole run. Default: 7200.");
        assertThat(timeout.path("default").asInt()).isEqualTo(7200);
        assertThat(timeout.path("maximum").asInt()).isEqualTo(86_400);
        assertThat(timeout.path("examples").path(0).asInt()).isEqualTo(600);
        assertThat(schema.at("/$defs/job/properties/needs/description").asText())
                .startsWith("The same as 'depends_on'.");
    }

    /** Returns what the schema says against a file, read as editors read it. */
    private static List<String> flaws(String text) {
        return YamlReader.read(new SourceText("ci.yml", text)).roots().stream()
                .map(CoreValues::of)
                .map(JSON::<JsonNode>valueToTree)
                .flatMap(tree -> SCHEMA.validate(tree).stream())
                .map(Object::toString)
                .toList();
    }
}
