package io.headrace.engine.backup;

import io.headrace.engine.Home;
import io.headrace.engine.Refused;
import io.headrace.engine.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes backups of a running server, which goes on as ever: an archive with the database as of one
 * moment, and then the logs, artifacts and plugins, which are at least as new. What is secret in
 * clear text (keys, the configuration) is sealed with a passphrase. Any thread may make one; one is
 * made at a time.
 */
public final class Backups {

    /** The part with what is secret in a home. */
    static final String SEALED = "sealed/keys";

    /** The same for what it shares with others, where that is elsewhere. */
    static final String SEALED_SHARED = "sealed/shared-keys";

    /** Far more than keys and a configuration take. */
    private static final int MOST_SEALED = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

    private final Home home;
    private final Stores stores;
    private final InstantSource clock;
    private final Semaphore one = new Semaphore(1);

    public Backups(Home home, Stores stores, InstantSource clock) {
        this.home = home;
        this.stores = stores;
        this.clock = clock;
    }

    /** A backup whose database is copied, and whose rest can be written. */
    public interface Begun extends AutoCloseable {

        /** Writes all of it; once. */
        Manifest write(OutputStream out) throws IOException;

        /** Gives up what it took, if it has not yet; the next one can be made. */
        @Override
        void close();
    }

    /**
     * Begins a backup: copies the database, which takes about a minute for a million runs.
     *
     * @param passphrase seals what is secret, at least 12 characters
     * @return to be written and closed by the caller
     * @throws Refused if the passphrase is too short, or another backup is being made
     * @throws io.headrace.engine.StoreException if the database can't be copied
     */
    public Begun begin(String passphrase) throws IOException {
        Seal.check(passphrase);
        if (!one.tryAcquire()) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "Another backup is being made just now; wait until it is done");
        }
        try {
            var scratch = scratch();
            delete(scratch);
            Files.createDirectories(scratch);
            var begun = clock.instant();
            var database = scratch.resolve("database.zip");
            stores.export(database);
            return new Begun() {

                private final AtomicBoolean closed = new AtomicBoolean();

                @Override
                public Manifest write(OutputStream out) throws IOException {
                    try (var archive = new ArchiveWriter(out, begun)) {
                        return Backups.this.write(database, passphrase, archive);
                    }
                }

                @Override
                public void close() {
                    if (closed.compareAndSet(false, true)) {
                        release(scratch);
                    }
                }
            };
        } catch (IOException | RuntimeException e) {
            release(scratch());
            throw e;
        }
    }

    private Path scratch() {
        return home.path().resolve("cache").resolve("backup");
    }

    private Manifest write(Path database, String passphrase, ArchiveWriter archive)
            throws IOException {
        try (var copy = ArchiveReader.open(database)) {
            archive.describe(Objects.requireNonNull(copy.manifest().database()));
            for (var part : copy.manifest().parts()) {
                archive.part(
                        part.name(),
                        out -> {
                            try (var in = copy.part(part)) {
                                in.transferTo(out);
                            }
                            return part.items();
                        });
            }
        }
        for (var folder : folders(home).entrySet()) {
            archive.part(folder.getKey(), out -> TarOfFolder.write(folder.getValue(), out));
        }
        var installation = home.shared().resolve("installation");
        if (home.shared().equals(home.path())) {
            seal(
                    archive,
                    SEALED,
                    home.path(),
                    List.of(home.secrets(), home.configuration(), installation),
                    passphrase);
        } else {
            seal(
                    archive,
                    SEALED,
                    home.path(),
                    List.of(home.secrets(), home.configuration()),
                    passphrase);
            seal(
                    archive,
                    SEALED_SHARED,
                    home.shared(),
                    List.of(home.sharedSecrets(), installation),
                    passphrase);
        }
        var manifest = archive.finish();
        LOG.info(
                "Made a backup of {} parts and {} bytes",
                manifest.parts().size(),
                manifest.parts().stream().mapToLong(Manifest.Part::bytes).sum());
        return manifest;
    }

    /** Returns the folders that are copied, by the names of their parts. */
    static Map<String, Path> folders(Home home) {
        var folders = new TreeMap<String, Path>();
        folders.put("files/data.tar", home.shared().resolve("data"));
        folders.put("files/logs.tar", home.logs());
        folders.put("files/plugins.tar", home.path().resolve("plugins"));
        if (!home.shared().equals(home.path())) {
            folders.put("files/own-data.tar", home.path().resolve("data"));
        }
        return folders;
    }

    private static void seal(
            ArchiveWriter archive, String part, Path root, List<Path> files, String passphrase)
            throws IOException {
        archive.part(
                part,
                out -> {
                    var clear = new ByteArrayOutputStream();
                    var count = TarOfFolder.write(root, files, clear);
                    if (clear.size() > MOST_SEALED) {
                        throw new IOException(
                                "%s holds more than keys; move the rest elsewhere"
                                        .formatted(root.resolve("secrets")));
                    }
                    out.write(Seal.close(clear.toByteArray(), passphrase));
                    return count;
                });
    }

    private void release(Path scratch) {
        try {
            delete(scratch);
        } catch (IOException e) {
            LOG.info("Leaving {} to the next backup: {}", scratch, e.toString());
        } finally {
            one.release();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
