package io.headrace.operator;

import io.headrace.engine.Configuration;
import io.headrace.engine.Home;
import io.headrace.engine.Refused;
import io.headrace.engine.backup.ArchiveReader;
import io.headrace.engine.backup.Restoration;
import io.headrace.store.DatabaseConfig;
import io.headrace.store.Databases;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** What is done with backups. */
final class BackupCommands {

    private static final String PASSPHRASE = "HEADRACE_BACKUP_PASSPHRASE";

    private final Home home;
    private final Map<String, String> environment;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    BackupCommands(
            Home home,
            Map<String, String> environment,
            InputStream in,
            PrintStream out,
            PrintStream err) {
        this.home = home;
        this.environment = environment;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    int verify(Path file) throws IOException {
        try (var archive = ArchiveReader.open(file)) {
            archive.verify(new Lines(err));
            var manifest = archive.manifest();
            var database = manifest.database();
            out.printf(
                    "%s of %s is as it was written: %d parts%n",
                    file, manifest.createdAt(), manifest.parts().size());
            if (database != null) {
                out.printf(
                        "Its database has the schema %d and is of installation %s%n",
                        database.schema(), database.installation());
            }
            manifest.parts()
                    .forEach(part ->
                            out.printf(
                                    "  %-32s %,12d  %,15d bytes%n",
                                    part.name(), part.items(), part.bytes()));
            return Operator.DONE;
        }
    }

    int restore(Path file) throws IOException {
        try (var archive = ArchiveReader.open(file)) {
            Restoration.expectEmpty(home);
            var restoration = Restoration.of(archive, passphrase());
            try {
                restore(archive, restoration);
            } catch (IOException | RuntimeException e) {
                empty();
                throw e;
            }
            out.printf(
                    "Restored %s as of %s. Start the server: jobs that ran then are run again.%n",
                    home.path(), archive.manifest().createdAt());
            return Operator.DONE;
        }
    }

    private void restore(ArchiveReader archive, Restoration restoration) throws IOException {
        var progress = new Lines(err);
        restoration.writeKeys(home);
        var configuration = Configuration.read(home.configuration(), environment);
        var database = DatabaseConfig.of(home, configuration);
        var whole = home.sharing(configuration.sharedDirectory());
        if (!whole.shared().equals(home.path())) {
            Restoration.expectEmpty(new Home(whole.shared()));
        }
        Databases.expectEmpty(database);
        archive.verify(progress);
        restoration.writeFiles(whole, progress);
        // Last: without it, a server that is started too early finds nothing to touch.
        Databases.load(database, archive, progress);
    }

    /** Removes what was restored into a home that was empty; half of it would be of no use. */
    private void empty() throws IOException {
        var cache = home.path().resolve("cache");
        try (var paths = Files.walk(home.path())) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.startsWith(cache) && !path.equals(home.path())) {
                    Files.delete(path);
                }
            }
        }
    }

    private String passphrase() throws IOException {
        var given = environment.get(PASSPHRASE);
        if (given != null) {
            return given;
        }
        var console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (console.isPresent()) {
            var typed = console.get().readPassword("Passphrase: ");
            return typed == null ? "" : new String(typed);
        }
        var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw Refused.invalid(
                    "The backup has a passphrase: give it by %s or on the standard input"
                            .formatted(PASSPHRASE));
        }
        return text.replaceFirst("\\r?\\n\\z", "");
    }
}
