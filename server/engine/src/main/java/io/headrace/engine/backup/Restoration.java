package io.headrace.engine.backup;

import io.headrace.engine.Home;
import io.headrace.engine.Refused;
import io.headrace.engine.backup.TarOfFolder.Owner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the files of a backup into an empty home. The database is its caller's, and comes last: a
 * home without one holds nothing that a server would touch.
 */
public final class Restoration {

    /** What the launcher makes before anything can be restored. */
    private static final List<String> ALLOWED = List.of("cache");

    private final ArchiveReader archive;
    private final byte[] keys;
    private final byte @Nullable [] sharedKeys;

    private Restoration(ArchiveReader archive, byte[] keys, byte @Nullable [] sharedKeys) {
        this.archive = archive;
        this.keys = keys;
        this.sharedKeys = sharedKeys;
    }

    /**
     * Opens what is sealed in a backup.
     *
     * @throws Refused if it is no backup, or the passphrase is not its own
     */
    public static Restoration of(ArchiveReader archive, String passphrase) throws IOException {
        var keys = unseal(archive, Backups.SEALED, passphrase);
        if (keys == null) {
            throw Refused.invalid(
                    "%s is no backup; if it holds a database alone, use 'db import'"
                            .formatted(archive.file()));
        }
        return new Restoration(archive, keys, unseal(archive, Backups.SEALED_SHARED, passphrase));
    }

    private static byte @Nullable [] unseal(ArchiveReader archive, String name, String passphrase)
            throws IOException {
        var part = archive.manifest().part(name);
        if (part.isEmpty()) {
            return null;
        }
        try (var in = archive.part(part.get())) {
            return Seal.open(in.readAllBytes(), passphrase);
        }
    }

    /**
     * Checks that a home is empty.
     *
     * @throws Refused if it is not
     */
    public static void expectEmpty(Home home) throws IOException {
        if (Files.notExists(home.path())) {
            return;
        }
        try (Stream<Path> inside = Files.list(home.path())) {
            var found =
                    inside.map(path -> path.getFileName().toString())
                            .filter(name -> !ALLOWED.contains(name))
                            .sorted()
                            .findFirst();
            if (found.isPresent()) {
                throw new Refused(
                        Refused.Why.CONFLICT,
                        "%s is not empty: it holds '%s'. Restore into another directory, or move what is there away"
                                .formatted(home.path(), found.get()));
            }
        }
    }

    /** Writes keys and configuration, as far as they are the home's own. */
    public void writeKeys(Home home) throws IOException {
        home.create();
        TarOfFolder.read(new ByteArrayInputStream(keys), home.path(), Owner.ALONE);
    }

    /**
     * Writes logs, artifacts and plugins, and the keys that are shared.
     *
     * @param home with what its configuration says is shared; that is as empty
     * @return how many files
     */
    public long writeFiles(Home home, Progress progress) throws IOException {
        home.create();
        var count = 0L;
        if (sharedKeys != null) {
            count +=
                    TarOfFolder.read(
                            new ByteArrayInputStream(sharedKeys), home.shared(), Owner.ALONE);
        }
        for (var folder : Backups.folders(home).entrySet()) {
            var part = archive.manifest().part(folder.getKey());
            if (part.isPresent()) {
                progress.at(part.get().name(), 0);
                try (var in = archive.part(part.get())) {
                    count += TarOfFolder.read(in, folder.getValue(), Owner.AND_OTHERS);
                }
                progress.at(part.get().name(), part.get().items());
            }
        }
        return count;
    }
}
