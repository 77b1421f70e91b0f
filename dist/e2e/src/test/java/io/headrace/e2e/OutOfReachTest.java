package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.run.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says when something that it needs can't be reached. */
class OutOfReachTest {

    private @TempDir Path directory;
    private Engine engine;

    @BeforeEach
    void start() throws IOException {
        engine =
                Engine.start(
                        directory, Map.of("shutdown.patience", "0", "retry.max-attempts", "1"));
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void aRunWithAnImageSaysWhatToDoWhereThereIsNoDockerEngine() throws IOException {
        var plugins = engine.headrace().plugins();
        var docker =
                plugins.list().stream()
                        .flatMap(plugin -> plugin.extensions().stream())
                        .filter(extension -> extension.name().equals("docker"))
                        .findFirst()
                        .orElseThrow();
        plugins.setSettings(docker.id(), Map.of("host", "unix:///nowhere/docker.sock"));
        engine.add(
                "shop",
                directory.resolve("shop"),
                """
                name: shop
                jobs:
                  build:
                    image: alpine:3
                    steps:
                      - run: echo
                """);

        var run = engine.awaited(engine.trigger("shop", null));

        var advice =
                "ocker engine can't be reached at unix:///nowhere/docker.sock: No such file or directory. Start it (`systemctl start docker`), or set its address in DOCKER_HOST or in the setting 'host' of the Docker executor";
        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.ERRORED);
        assertThat(run.run().reason()).contains(advice);
        assertThat(run.job("build").orElseThrow().reason()).contains(advice);
        assertThat(engine.log(run, "build")).contains(advice);
    }

    @Test
    void aRunSaysThatItsRepositoryCantBeReached() throws IOException {
        var url = "http://127.0.0.1:%d/shop.git".formatted(Build.freePort());
        engine.add("far", url);

        var run = engine.awaited(engine.trigger("far", null));

        assertThat(run.run().status()).isEqualTo(Status.ERRORED);
        assertThat(run.run().reason())
                .startsWith(url + " could not be read; see whether the host answers")
                .contains("Failed to connect to 127.0.0.1");
        assertThat(run.problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).startsWith(url + " could not be read"));
    }
}
