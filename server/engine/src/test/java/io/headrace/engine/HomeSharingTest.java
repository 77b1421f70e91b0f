package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Home directories of several processes. */
class HomeSharingTest {

    private @TempDir Path directory;

    @Test
    void logsArtifactsAndTheKeyAreSharedAndTheRestIsNot() {
        var home = new Home(directory.resolve("a")).sharing(directory.resolve("s").toString());

        assertThat(home.logs()).isEqualTo(directory.resolve("s/logs"));
        assertThat(home.sharedSecrets()).isEqualTo(directory.resolve("s/secrets"));
        assertThat(home.written()).containsEntry("artifacts", directory.resolve("s/data"));
        assertThat(home.workspaces()).isEqualTo(directory.resolve("a/workspaces"));
        assertThat(home.secrets()).isEqualTo(directory.resolve("a/secrets"));
    }

    @Test
    void aWorkersNameStaysAndIsUnlikeThatOfOtherHomes() {
        var a = new Home(directory.resolve("a")).create();
        var b = new Home(directory.resolve("b")).create();

        assertThat(new Home(directory.resolve("a")).workerName()).isEqualTo(a.workerName());
        assertThat(a.workerName()).isNotEqualTo(b.workerName());
    }

    @Test
    void oneProcessAtATimeHasAHome() throws Exception {
        var home = new Home(directory.resolve("a")).create();

        try (var _ = HomeLock.of(home.path())) {
            assertThatThrownBy(() -> HomeLock.of(home.path()))
                    .isInstanceOf(Refused.class)
                    .hasMessage(
                            home.path()
                                    + " is in use by another Headrace; stop it or choose another"
                                    + " --home");
        }
        HomeLock.of(home.path()).close();
    }

    @Test
    void aProcessThatOnlyWorksNeedsASharedDatabaseAndSlots() {
        assertThatThrownBy(() ->
                        Configuration.of(
                                Map.of("worker.only", "true", "worker.slots", "0"), "here"))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "The configuration here is wrong: 'worker.only' needs 'database.url':"
                                + " nobody else can use the embedded database; 'worker.only' needs"
                                + " 'worker.slots' of at least 1");
        assertThatThrownBy(() -> Configuration.of(Map.of("worker.name", "a b"), "here"))
                .hasMessageContaining("'worker.name' is 'a b'; use 1 to 100 letters");
    }
}
