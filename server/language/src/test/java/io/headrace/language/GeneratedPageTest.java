package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.schema.ReferencePage;
import io.headrace.language.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds docs/reference/pipeline.md to the model; that its examples parse is SchemaTest's. */
class GeneratedPageTest {

    private static final Path PAGE = Path.of("../../docs/reference/pipeline.md");

    @Test
    void thePageSaysWhatTheModelSays() throws IOException {
        var page = ReferencePage.generate();
        if (Boolean.getBoolean("headrace.regenerate")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE))
                .as(
                        "docs/reference/pipeline.md is older than the model; write it anew: mvn -pl"
                                + " server/language -am test -Dtest=GeneratedPageTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dheadrace.regenerate=true")
                .isEqualTo(page);
    }

    @Test
    void everyKeyOfEveryLevelHasAnExample() {
        var page = ReferencePage.generate();

        for (var level : Schema.levels()) {
            for (var key : level.keys()) {
                assertThat(page)
                        .contains("### %s `%s`".formatted(level.name(), key.name()))
                        .contains("```yml\n" + key.example().strip() + "\n```");
            }
        }
    }
}
