package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.StoreException;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server does on a disk that is full, and after space was made. */
class FullDiskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<String, String> SETTINGS = Map.of("shutdown.patience", "0");

    private @TempDir Path directory;

    @Test
    void aRunWhoseWorkspaceHasNoRoomSaysSoAndEndsWellOnceThereIs() throws Exception {
        try (var disk = SmallDisk.mount(directory.resolve("home/workspaces"), "4m");
                var engine = Engine.start(directory, SETTINGS)) {
            engine.add(
                    "shop",
                    directory.resolve("shop"),
                    """
                    name: shop
                    jobs:
                      build:
                        steps:
                          - run: cat .headrace.yml
                    """);
            disk.fill();

            var id = engine.trigger("shop", null);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () -> engine.headrace().runs().detail(id).job("build").orElseThrow(),
                            job -> job.reason().contains("trying again"));
            var reason = engine.headrace().runs().detail(id).job("build").orElseThrow().reason();
            disk.free();

            assertThat(reason).contains("No space left on device");
            assertSucceeded(engine, id);
            assertThat(directory.resolve("home/workspaces")).isEmptyDirectory();
        }
    }

    @Test
    void aDatabaseWhoseDiskIsFullLosesNoRunThatWasAccepted() throws Exception {
        var go = directory.resolve("go");
        var small = directory.resolve("small");
        try (var disk = SmallDisk.mount(small, "64m")) {
            var accepted = new ArrayList<RunId>();
            try (var engine = Engine.start(directory, SETTINGS, small.resolve("db"))) {
                engine.add(
                        "shop",
                        directory.resolve("shop"),
                        """
                        name: shop
                        jobs:
                          build:
                            checkout: false
                            steps:
                              - run: while ! test -e %s; do sleep 0.1; done
                        """
                                .formatted(go));
                accepted.add(engine.trigger("shop", null));
                disk.fill();

                assertThatThrownBy(() -> triggerForEver(engine, accepted))
                        .isInstanceOf(StoreException.class)
                        // Derby closes itself where there is no room for its log.
                        .hasMessageMatching(
                                "(?s)The database('s disk is full| can't be reached): .+");
                Files.createFile(go);
                disk.free();

                assertThat(accepted).allSatisfy(id -> assertSucceeded(engine, id));
                assertSucceeded(engine, engine.trigger("shop", null));
            }
            try (var again = Engine.start(directory, SETTINGS, small.resolve("db"))) {
                assertThat(accepted).allSatisfy(id -> assertSucceeded(again, id));
            }
        }
    }

    /** Until there is no room for another run. */
    private static void triggerForEver(Engine engine, List<RunId> accepted) {
        while (true) {
            accepted.add(engine.trigger("shop", null));
        }
    }

    private static void assertSucceeded(Engine engine, RunId id) {
        var run = engine.awaited(id);
        assertThat(run.run().status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
    }
}
