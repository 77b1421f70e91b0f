package io.headrace.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.headrace.engine.Refused;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FullDiskTest extends PluginsFixture {

    @Test
    void aFullDiskIsNamedAndNothingIsLeft() throws Exception {
        var noise = new byte[300_000];
        new Random(7).nextBytes(noise);
        var text = Base64.getEncoder().encodeToString(noise);
        var large = action("large", "1.0.0", "return 0;").file("noise.txt", text);
        var folder = folders().installed();
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", folder.toString()))
                .as("mounting a small disk needs root")
                .isZero();
        try {
            assertThatThrownBy(() -> install(large))
                    .isInstanceOf(Refused.class)
                    .hasMessageMatching(
                            "The plugin was not installed, because the disk of "
                                    + folder
                                    + " is full \\(\\d+ KiB are free\\). Make room there, by"
                                    + " deleting old runs for instance, and install it again."
                                    + " Nothing was changed.");

            assertThat(folder).isEmptyDirectory();
            assertThat(plugins.find("large")).isEmpty();
        } finally {
            assertThat(run("umount", folder.toString())).isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
