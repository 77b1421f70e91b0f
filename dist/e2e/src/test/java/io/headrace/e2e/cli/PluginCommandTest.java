package io.headrace.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.plugin.SamplePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Site.Shared.class)
class PluginCommandTest {

    private static final String GREET =
            """
            name: greet
            jobs:
              greet:
                checkout: false
                steps:
                  - name: welcome
                    uses: greet
                    with: {name: Ada}
            """;

    private @TempDir Path directory;

    @Test
    void aPluginIsInstalledUsedDisabledEnabledAndRemoved(Site site) throws IOException {
        var headrace = site.headrace();
        var zip = SamplePlugin.build(directory.resolve("greetings.zip"));
        site.project("plugged", GREET);

        var installed = headrace.run("plugin", "install", zip.toString());
        assertThat(installed.code()).as(installed.toString()).isZero();
        assertThat(installed.out()).isEqualTo("Installed greetings 1.0.0\n");
        assertThat(headrace.run("plugin", "list").out())
                .containsPattern("^ID +VERSION +STATE +DESCRIPTION\n")
                .containsPattern("greetings +1\\.0\\.0 +STARTED ");
        assertThat(headrace.run("run", "plugged", "--follow").out())
                .contains("greet │ Hello, Ada!\n");

        var disabled = headrace.run("plugin", "disable", "greetings");
        assertThat(disabled.out()).isEqualTo("Disabled greetings\n");
        assertThat(headrace.run("plugin", "list").out())
                .containsPattern("greetings +1\\.0\\.0 +DISABLED ");
        var without = headrace.run("run", "plugged", "--follow");
        assertThat(without.code()).as(without.toString()).isEqualTo(3);
        assertThat(without.out()).contains("greet");

        var enabled = headrace.run("plugin", "enable", "greetings");
        assertThat(enabled.out()).isEqualTo("Enabled greetings\n");
        assertThat(headrace.run("run", "plugged", "--follow").code()).isZero();

        var removed = headrace.run("plugin", "remove", "greetings");
        assertThat(removed.out()).isEqualTo("Removed greetings\n");
        assertThat(headrace.json("plugin", "list", "--json").path("items").findValuesAsText("id"))
                .contains("executor-process", "executor-docker", "artifacts-filesystem", "scm-git")
                .doesNotContain("greetings");
    }

    @Test
    void whatIsNoPluginIsRefusedWithAReason(Site site) throws IOException {
        var headrace = site.headrace();
        var text = Files.writeString(directory.resolve("plugin.zip"), "not a zip");

        var broken = headrace.run("plugin", "install", text.toString());
        var missing = headrace.run("plugin", "install", directory.resolve("none.zip").toString());

        assertThat(broken.code()).as(broken.toString()).isEqualTo(2);
        assertThat(broken.err()).startsWith("headrace: ").containsIgnoringCase("zip");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err())
                .isEqualTo(
                        "headrace: There is no file %s\n".formatted(directory.resolve("none.zip")));
    }

    @Test
    void aPluginThatIsNotThereCanNotBeRemovedOrSwitched(Site site) throws IOException {
        var headrace = site.headrace();

        for (var verb : new String[] {"remove", "enable", "disable"}) {
            var ended = headrace.run("plugin", verb, "nosuch");

            assertThat(ended.code()).as(ended.toString()).isEqualTo(2);
            assertThat(ended.err()).startsWith("headrace: ").contains("'nosuch'");
        }
    }
}
