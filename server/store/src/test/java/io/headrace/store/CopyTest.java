package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import io.headrace.engine.backup.ArchiveReader;
import io.headrace.engine.backup.ArchiveWriter;
import io.headrace.engine.backup.Progress;
import io.headrace.engine.run.Claim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database is copied into a file, and from there into any other. */
class CopyTest extends StoresTest {

    private @TempDir Path directory;

    private Path export() throws IOException {
        return export(database.config(), "export.zip");
    }

    private Path export(DatabaseConfig config, String name) throws IOException {
        var file = directory.resolve(name);
        try (var archive = new ArchiveWriter(Files.newOutputStream(file), Instant.EPOCH)) {
            Databases.export(config, archive, Progress.NONE);
            archive.finish();
        }
        return file;
    }

    private static void load(Path file, DatabaseConfig into) throws IOException {
        try (var archive = ArchiveReader.open(file)) {
            Databases.load(into, archive, Progress.NONE);
        }
    }

    /** Returns the parts of an archive as they are. */
    private static Map<String, String> parts(Path file) throws IOException {
        var parts = new TreeMap<String, String>();
        try (var archive = ArchiveReader.open(file)) {
            for (var part : archive.manifest().parts()) {
                try (var in = archive.part(part)) {
                    parts.put(part.name(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return parts;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void everyRowArrivesInTheOtherDatabaseAndComesBack(TestDatabase.Kind other) throws IOException {
        History.write(site);
        stores.close();
        var file = export();

        try (var target = EmptyDatabase.of(other)) {
            load(file, target.config());
            var back = export(target.config(), "back.zip");

            assertThat(parts(back)).isEqualTo(parts(file));
            assertThat(parts(file).get("database/run.jsonl")).hasLineCount(7);
            assertThat(Databases.check(target.config(), Progress.NONE).broken()).isEmpty();
        }
        reopen();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void aServerGoesOnWithWhatWasCopied(TestDatabase.Kind other) throws IOException {
        var project = History.write(site);
        var queued = stores.runs().depth().queued();
        var installation = stores.installation();
        stores.close();
        var file = export();

        try (var target = EmptyDatabase.of(other)) {
            load(file, target.config());
            try (var moved = DatabaseStores.open(target.config(), InstantSource.system())) {
                var there = new Site(moved);

                assertThat(moved.installation()).isEqualTo(installation);
                assertThat(moved.runs().depth().queued()).isEqualTo(queued);
                assertThat(there.claim("queued").number()).isEqualTo(1);
                assertThat(moved.runs().running("worker-1"))
                        .extracting(Claim::key)
                        .contains("runs", "queued");
                assertThat(
                                moved.runs()
                                        .accept(
                                                there.newRun(
                                                        project,
                                                        Plans.of(Plans.job("next").build())))
                                        .number())
                        .isEqualTo(7);
            }
        }
        reopen();
    }

    @Test
    void noTableIsForgotten() throws IOException, SQLException {
        stores.close();
        var tables = new ArrayList<String>();
        var scripts = new StringBuilder();
        for (var script :
                Migrations.scripts(kind == TestDatabase.Kind.DERBY ? "derby" : "postgresql")) {
            try (var reader = script.read()) {
                scripts.append(reader.readAllAsString());
            }
        }
        var created = java.util.regex.Pattern.compile("(?m)^create table (\\w+)").matcher(scripts);
        while (created.find()) {
            tables.add("database/" + created.group(1) + ".jsonl");
        }

        assertThat(parts(export()).keySet()).containsExactlyInAnyOrderElementsOf(tables);
        reopen();
    }

    @Test
    void theManifestSaysWhatItIs() throws IOException {
        var installation = stores.installation();
        stores.close();
        var file = export();

        try (var archive = ArchiveReader.open(file)) {
            var manifest = archive.manifest();

            assertThat(manifest.createdAt()).isEqualTo(Instant.EPOCH);
            assertThat(manifest.database()).isNotNull();
            assertThat(manifest.database().installation()).isEqualTo(installation);
            assertThat(manifest.database().vendor())
                    .isEqualTo(onPostgresql() ? "postgresql" : "derby");
            assertThat(manifest.part("database/setting.jsonl").orElseThrow().items()).isEqualTo(1);
            archive.verify(Progress.NONE);
        }
        reopen();
    }

    @Test
    void aDatabaseWithRowsIsLeftAlone() throws IOException {
        stores.close();
        var file = export();

        assertThatThrownBy(() -> load(file, database.config()))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "The database has rows in the table 'setting' already; import into an empty one (the embedded one is the directory 'db' in the home directory)");
        reopen();
    }

    @Test
    void aFileThatWasCutShortChangesNothing() throws IOException {
        stores.close();
        var file = export();
        var bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 100));

        try (var target = EmptyDatabase.of(kind)) {
            assertThatThrownBy(() -> load(file, target.config()))
                    .isInstanceOf(Refused.class)
                    .hasMessageStartingWith(
                            file + " is damaged, cut short or no archive of Headrace (")
                    .hasMessageEndingWith("; take another copy of it");
        }
        reopen();
    }

    @Test
    void aRowThatSomebodyChangedIsNoticedBeforeAnythingIsWritten() throws IOException {
        History.write(site);
        stores.close();
        var file = rewritten(export(), "database/project.jsonl", "shop", "shpo");

        try (var target = EmptyDatabase.of(kind)) {
            assertThatThrownBy(() -> load(file, target.config()))
                    .isInstanceOf(Refused.class)
                    .hasMessage(
                            file
                                    + " is damaged in 'database/project.jsonl': its SHA-256 is not the one that was written; take another copy of it");
            load(export(), target.config());
        }
        reopen();
    }

    @Test
    void aNewerFileIsLeftToANewerHeadrace() throws IOException {
        stores.close();
        var known = Migrations.scripts("derby").getLast().version();
        var file =
                rewritten(export(), "manifest.json", "\"schema\" : " + known, "\"schema\" : 9999");

        try (var target = EmptyDatabase.of(kind)) {
            assertThatThrownBy(() -> load(file, target.config()))
                    .isInstanceOf(Refused.class)
                    .hasMessage(
                            "%s is of a newer Headrace (schema 9999; this one knows up to %d); use that version"
                                    .formatted(file, known));
        }
        reopen();
    }

    @Test
    void aDatabaseThatWasNotFilledToTheEndIsNotUsed() throws IOException, SQLException {
        History.write(site);
        stores.close();
        var file = directory.resolve("wrong.zip");
        try (var from = ArchiveReader.open(export());
                var to = new ArchiveWriter(Files.newOutputStream(file), Instant.EPOCH)) {
            to.describe(java.util.Objects.requireNonNull(from.manifest().database()));
            for (var part : from.manifest().parts()) {
                to.part(
                        part.name(),
                        out -> {
                            try (var in = from.part(part)) {
                                var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                                out.write(
                                        (part.name().equals("database/job.jsonl")
                                                        ? text.replaceFirst(
                                                                "\\n\\[\\d+", "\n[\"x\"")
                                                        : text)
                                                .getBytes(StandardCharsets.UTF_8));
                            }
                            return part.items();
                        });
            }
            to.finish();
        }

        try (var target = EmptyDatabase.of(kind)) {
            assertThatThrownBy(() -> load(file, target.config()))
                    .isInstanceOf(Refused.class)
                    .hasMessage(
                            file
                                    + ": 'database/job.jsonl': line 2 has not a whole number in column 'id'");
            assertThatThrownBy(() -> DatabaseStores.open(target.config(), InstantSource.system()))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "An import into this database was cut short. Delete it (the embedded one is the directory 'db' in the home directory) and import again");
        }
        reopen();
    }

    @Test
    void aDatabaseThatIsNotThereIsNotMade() {
        var nowhere = DatabaseConfig.derby(directory.resolve("nowhere"));

        assertThatThrownBy(() -> export(nowhere, "x.zip"))
                .isInstanceOf(StoreException.class)
                .hasMessage("There is no database in " + directory.resolve("nowhere"));
        assertThat(directory.resolve("nowhere")).doesNotExist();
    }

    /** Writes an archive anew, with another text in one entry and all digests as they were. */
    private Path rewritten(Path file, String entry, String text, String other) throws IOException {
        var changed = directory.resolve("changed.zip");
        try (var from = new ZipFile(file.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (var each : List.copyOf(from.stream().map(ZipEntry::getName).toList())) {
                to.putNextEntry(new ZipEntry(each));
                try (var in = from.getInputStream(from.getEntry(each))) {
                    var content = in.readAllBytes();
                    if (each.equals(entry)) {
                        var before = new String(content, StandardCharsets.UTF_8);
                        assertThat(before).contains(text);
                        content = before.replace(text, other).getBytes(StandardCharsets.UTF_8);
                    }
                    to.write(content);
                }
                to.closeEntry();
            }
        }
        return changed;
    }
}
