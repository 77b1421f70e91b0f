package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./headrace demo --once}, as a new user types it. */
class DemoTest {

    @Test
    void theDemoRunsARealPipelineAndSaysWhereToLook(@TempDir Path home)
            throws IOException, InterruptedException {
        var command =
                List.of(
                        Build.root().resolve("headrace").toString(),
                        "demo",
                        "--once",
                        "--port",
                        Integer.toString(Build.freePort()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HEADRACE_HOME", home.toString());

        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("demo#1")
                .contains("✔ succeeded")
                .contains("↷ skipped  publish")
                .contains("event == \"tag\"")
                .containsPattern("Administrator link:   http://\\S+/setup\\?key=")
                .contains("test (suite=examples, language=en)");
    }
}
