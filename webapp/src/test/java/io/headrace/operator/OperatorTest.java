package io.headrace.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.Home;
import io.headrace.engine.backup.ArchiveReader;
import io.headrace.engine.backup.ArchiveWriter;
import io.headrace.engine.backup.Backups;
import io.headrace.store.DatabaseConfig;
import io.headrace.store.DatabaseStores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator types, and what he is answered. */
class OperatorTest {

    private @TempDir Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private static @TempDir Path shared;
    private static Home home = new Home(Path.of("unused"));

    /** None of the tests changes its database. */
    @BeforeAll
    static void makeADatabase() {
        home = new Home(shared.resolve("home")).create();
        DatabaseStores.open(DatabaseConfig.derby(home.database()), InstantSource.system()).close();
    }

    private int run(Home in, String... words) {
        out.reset();
        err.reset();
        return new Operator(
                        in, environment, InputStream.nullInputStream(), stream(out), stream(err))
                .run(List.of(words));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aDatabaseMovesFromHomeToHome() throws IOException {
        var file = directory.resolve("export.zip");
        var other = new Home(directory.resolve("other"));

        assertThat(run(home, "db", "export", file.toString())).isZero();
        assertThat(said())
                .isEqualTo(
                        "Copied 1 rows into %s. Secrets in it are encrypted: whoever uses it elsewhere needs %s too.\n"
                                .formatted(file, home.secrets().resolve("settings.key")));
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(run(other, "db", "import", file.toString())).isZero();
        assertThat(said())
                .isEqualTo(
                        "Filled the database with 1 rows. Secrets in it can be decrypted with the secrets/settings.key of the home directory that they come from: copy it to %s.\n"
                                .formatted(other.secrets().resolve("settings.key")));
        assertThat(run(other, "db", "check")).isZero();
        assertThat(said()).matches("All is well: \\d+ invariants hold\n");
    }

    @Test
    void aCheckIsPrintedAsJsonToo() {
        assertThat(run(home, "db", "check", "--json")).isZero();
        assertThat(said()).contains("\"broken\" : [ ]", "\"sound\" : true", "\"run-jobs-left\"");
    }

    @Test
    void aFileIsNeverOverwritten() throws IOException {
        var file = Files.writeString(directory.resolve("there.zip"), "x");

        assertThat(run(home, "db", "export", file.toString())).isEqualTo(2);
        assertThat(complained())
                .isEqualTo(
                        "headrace: %s is there already; name a file that is not\n".formatted(file));
        assertThat(file).hasContent("x");
    }

    @Test
    void aHomeWithoutADatabaseIsTold() {
        var file = directory.resolve("export.zip");
        var empty = new Home(directory.resolve("empty"));

        assertThat(run(empty, "db", "export", file.toString())).isEqualTo(3);
        assertThat(complained())
                .isEqualTo("headrace: There is no database in %s\n".formatted(empty.database()));
        assertThat(directory.resolve("export.zip.part")).doesNotExist();
        assertThat(empty.path()).doesNotExist();
    }

    @Test
    void whatIsNoArchiveIsTold() throws IOException {
        var file = Files.writeString(directory.resolve("x.zip"), "no zip");

        assertThat(run(new Home(directory.resolve("new")), "db", "import", file.toString()))
                .isEqualTo(2);
        assertThat(complained())
                .startsWith("headrace: %s is damaged, cut short or no archive".formatted(file));
    }

    @Test
    void wrongWordsAreNamed() {
        assertThat(run(home, "db", "exprot", "x")).isEqualTo(2);
        assertThat(complained())
                .isEqualTo("headrace: 'db exprot' is not a command; 'help' lists those that are\n");
        assertThat(run(home, "db", "check", "--jsno")).isEqualTo(2);
        assertThat(complained())
                .isEqualTo("headrace: '--jsno' is not an option; 'help' lists those that are\n");
        assertThat(run(home, "db", "export")).isEqualTo(2);
        assertThat(complained())
                .isEqualTo("headrace: Name one file, such as: db export headrace.zip\n");
        assertThat(run(home, "help")).isZero();
        assertThat(said()).startsWith("Usage: java -jar headrace.war COMMAND [--home DIR]\n");
    }

    private Path backup() throws IOException {
        var file = directory.resolve("backup.zip");
        try (var stores =
                        DatabaseStores.open(
                                DatabaseConfig.derby(home.database()), InstantSource.system());
                var begun =
                        new Backups(home, stores, InstantSource.system())
                                .begin("five words and more");
                var out = Files.newOutputStream(file)) {
            begun.write(out);
        }
        return file;
    }

    /**
     * Each line of a shell that starts the WAR with a command, with our files for the document's.
     */
    @Test
    void theCommandsOfTheDocumentWork() throws IOException {
        environment.put("HEADRACE_BACKUP_PASSPHRASE", "five words and more");
        var backup = backup();
        var commands =
                Pattern.compile("(?m)^java -jar headrace\\.war ([a-z].*)$")
                        .matcher(Files.readString(Path.of("../docs/operating.md")))
                        .results()
                        .map(command -> command.group(1))
                        .toList();

        assertThat(commands).hasSize(5);
        for (var command : commands) {
            var words = new ArrayList<>(List.of(command.split(" ")));
            var at = words.indexOf("--home");
            if (at >= 0) {
                words.subList(at, at + 2).clear();
            }
            words.replaceAll(word ->
                    switch (word) {
                        case "headrace.zip" -> directory.resolve("export.zip").toString();
                        case "headrace-backup.zip" -> backup.toString();
                        default -> word;
                    });
            var in =
                    switch (words.get(1)) {
                        case "import" -> new Home(directory.resolve("imported"));
                        case String _ when words.getFirst().equals("restore") ->
                                new Home(directory.resolve("restored"));
                        default -> home;
                    };

            assertThat(run(in, words.toArray(String[]::new))).as(command + complained()).isZero();
        }
        assertThat(directory.resolve("restored/secrets")).isDirectory();
    }

    @Test
    void aBackupIsRestoredByItsPassphraseIntoAnEmptyHome() throws IOException {
        Files.writeString(home.configuration(), "worker.slots = 3\n");
        var backup = backup();
        var other = new Home(directory.resolve("other"));

        environment.put("HEADRACE_BACKUP_PASSPHRASE", "five other words");
        assertThat(run(other, "restore", backup.toString())).isEqualTo(2);
        assertThat(complained())
                .isEqualTo(
                        "headrace: The passphrase is not the one that the backup was made with\n");
        assertThat(other.path()).doesNotExist();

        environment.put("HEADRACE_BACKUP_PASSPHRASE", "five words and more");
        assertThat(run(other, "restore", backup.toString())).isZero();
        assertThat(other.configuration()).hasContent("worker.slots = 3\n");
        assertThat(run(other, "restore", backup.toString())).isEqualTo(2);
        assertThat(complained())
                .isEqualTo(
                        "headrace: %s is not empty: it holds 'data'. Restore into another directory, or move what is there away\n"
                                .formatted(other.path()));
    }

    @Test
    void aBackupThatIsDamagedLeavesNothingBehind() throws IOException {
        var backup = backup();
        var damaged = directory.resolve("damaged.zip");
        try (var from = ArchiveReader.open(backup);
                var to = new ArchiveWriter(Files.newOutputStream(damaged), Instant.EPOCH)) {
            to.describe(Objects.requireNonNull(from.manifest().database()));
            for (var part : from.manifest().parts()) {
                if (!part.name().equals("database/run.jsonl")) {
                    to.part(
                            part.name(),
                            out -> {
                                try (var in = from.part(part)) {
                                    in.transferTo(out);
                                }
                                return part.items();
                            });
                }
            }
            to.finish();
        }
        var other = new Home(directory.resolve("other"));
        environment.put("HEADRACE_BACKUP_PASSPHRASE", "five words and more");

        assertThat(run(other, "restore", damaged.toString())).isEqualTo(2);
        assertThat(complained()).endsWith("'database/run.jsonl': it is missing\n");
        assertThat(other.path()).isEmptyDirectory();
    }
}
