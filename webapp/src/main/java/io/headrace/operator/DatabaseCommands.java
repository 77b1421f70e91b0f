package io.headrace.operator;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headrace.engine.Configuration;
import io.headrace.engine.Home;
import io.headrace.engine.Refused;
import io.headrace.engine.backup.ArchiveReader;
import io.headrace.engine.backup.ArchiveWriter;
import io.headrace.engine.backup.Manifest;
import io.headrace.store.DatabaseConfig;
import io.headrace.store.Databases;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;

/** What is done with the database of a home. */
final class DatabaseCommands {

    private final Home home;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    DatabaseCommands(Home home, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.home = home;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    private DatabaseConfig database() {
        return DatabaseConfig.of(home, configuration());
    }

    private Configuration configuration() {
        return Configuration.read(home.configuration(), environment);
    }

    /** Returns the file without which the secrets in the database can't be decrypted. */
    private Path key() {
        return home.sharing(configuration().sharedDirectory())
                .sharedSecrets()
                .resolve("settings.key");
    }

    int export(Path file) throws IOException {
        if (Files.exists(file)) {
            throw Refused.invalid(file + " is there already; name a file that is not");
        }
        var half = file.resolveSibling(file.getFileName() + ".part");
        var manifest = export(file, half);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        out.printf(
                "Copied %,d rows into %s. Secrets in it are encrypted: whoever uses it elsewhere needs %s too.%n",
                rows(manifest), file, key());
        return Operator.DONE;
    }

    private Manifest export(Path file, Path half) throws IOException {
        try (var archive = new ArchiveWriter(Private.create(half), Instant.now())) {
            Databases.export(database(), archive, new Lines(err));
            return archive.finish();
        } catch (FileAlreadyExistsException e) {
            throw Refused.invalid(
                    "%s is there: another export writes it, or was cut short; delete it, or name another file than %s"
                            .formatted(half, file));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(half);
            throw e;
        }
    }

    int load(Path file) throws IOException {
        try (var archive = ArchiveReader.open(file)) {
            home.create();
            Databases.load(database(), archive, new Lines(err));
            out.printf(
                    "Filled the database with %,d rows. Secrets in it can be decrypted with the %s of the home directory that they come from: copy it to %s.%n",
                    rows(archive.manifest()), "secrets/settings.key", key());
            return Operator.DONE;
        }
    }

    private static long rows(Manifest manifest) {
        return manifest.parts().stream()
                .filter(part -> part.name().startsWith("database/"))
                .mapToLong(Manifest.Part::items)
                .sum();
    }

    int check(boolean json) throws IOException {
        var findings = Databases.check(database(), new Lines(err));
        if (json) {
            out.println(
                    JsonMapper.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build()
                            .writeValueAsString(findings));
        } else if (findings.isSound()) {
            out.printf("All is well: %d invariants hold%n", findings.checked().size());
        } else {
            findings.broken().forEach(out::println);
            out.printf(
                    "%d of %d invariants are broken%n",
                    findings.broken().size(), findings.checked().size());
        }
        return findings.isSound() ? Operator.DONE : Operator.FOUND;
    }
}
