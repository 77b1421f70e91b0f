package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headrace.engine.StoreException;
import io.headrace.engine.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database and other processes: those that die, and those that live too long. */
class ProcessTest {

    private @TempDir Path directory;

    private Path database() {
        return directory.resolve("db");
    }

    private Path output() {
        return directory.resolve("acknowledged");
    }

    private Process start() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        List.of(
                                java.toString(),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashMain.class.getName(),
                                database().toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                .start();
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Test
    void noAcknowledgedRunIsLostWhenTheProcessIsKilled() throws Exception {
        for (var round = 1; round <= 2; round++) {
            var process = start();
            try {
                awaitAcknowledged(150 * round);
            } finally {
                kill(process);
            }
        }

        var acknowledged = acknowledged();
        try (var stores =
                DatabaseStores.open(DatabaseConfig.derby(database()), InstantSource.system())) {
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(300).doesNotHaveDuplicates();
            assertThat(acknowledged).allMatch(run -> stores.runs().find(run).isPresent());
            assertThat(stores.runs().depth().queued()).isGreaterThanOrEqualTo(acknowledged.size());
        }
    }

    private void awaitAcknowledged(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged().size() >= count);
    }

    /** Reads what was acknowledged; a line that was cut short does not count. */
    private List<RunId> acknowledged() throws IOException {
        return Files.readAllLines(output()).stream()
                .filter(line -> line.length() == 13)
                .map(RunId::parse)
                .toList();
    }

    @Test
    void aDatabaseThatAnotherProcessHasOpenIsLeftAlone() throws Exception {
        var process = start();
        try {
            awaitAcknowledged(1);

            assertThatThrownBy(() ->
                            DatabaseStores.open(
                                    DatabaseConfig.derby(database()), InstantSource.system()))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            database()
                                    + " is in use by another Headrace; stop it or choose another"
                                    + " --home");
        } finally {
            kill(process);
        }
    }

    @Test
    void aDirectoryThatIsNoDatabaseIsNamed() throws IOException {
        Files.createDirectory(database());

        assertThatThrownBy(() ->
                        DatabaseStores.open(
                                DatabaseConfig.derby(database()), InstantSource.system()))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Cannot open the database in " + database() + ": ");
    }

    @Test
    void nothingIsWrittenBesideTheDatabase() throws IOException {
        DatabaseStores.open(DatabaseConfig.derby(database()), InstantSource.system()).close();

        assertThat(Path.of("derby.log")).doesNotExist();
        try (var files = Files.list(directory)) {
            assertThat(files.toList()).containsExactly(database());
        }
    }
}
