package io.headrace.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The directory that holds everything of an installation: {@code db}, {@code logs}, {@code
 * plugins}, {@code data} (artifacts and caches, by plugin), {@code workspaces}, {@code secrets} and
 * the configuration file.
 *
 * @param shared the directory for what all processes on a database need: {@code logs}, the {@code
 *     data} of artifact stores, and the key in {@code secrets}; the same as {@code path} where
 *     there is one process
 */
public record Home(Path path, Path shared) {

    public Home {
        path = path.toAbsolutePath().normalize();
        shared = shared.toAbsolutePath().normalize();
    }

    public Home(Path path) {
        this(path, path);
    }

    /**
     * Returns this directory with what is shared elsewhere.
     *
     * @param directory empty leaves it here; a relative one is below this directory
     */
    public Home sharing(String directory) {
        return directory.isEmpty() ? this : new Home(path, path.resolve(directory));
    }

    /** Makes the directory, for its owner alone. */
    public Home create() {
        try {
            Files.createDirectories(path);
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
            for (var directory :
                    new Path[] {
                        logs(),
                        secrets(),
                        sharedSecrets(),
                        workspaces(),
                        path.resolve("data"),
                        shared.resolve("data")
                    }) {
                Files.createDirectories(directory);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s can't be used as HEADRACE_HOME: %s; choose another directory with --home"
                            .formatted(path, e.getMessage()),
                    e);
        }
    }

    /**
     * Returns whether what is in this directory belongs to the installation of that id. The first
     * one that asks owns it.
     */
    public boolean belongsTo(String installation) {
        var file = shared.resolve("installation");
        try {
            return kept(file, installation).equals(installation);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be used: " + e.getMessage(), e);
        }
    }

    /** Returns what a file says; writes {@code fresh} into it if it is not there. */
    private static String kept(Path file, String fresh) throws IOException {
        if (Files.notExists(file)) {
            // At once or not at all: half a name would belong to nobody, for ever.
            var whole =
                    Files.createTempFile(
                            file.getParent(), String.valueOf(file.getFileName()), ".new");
            Files.writeString(whole, fresh + "\n");
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    /** Returns what tells this directory from all others: letters, digits and dashes. */
    public String id() {
        var file = path.resolve("id");
        try {
            return kept(file, UUID.randomUUID().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be used: " + e.getMessage(), e);
        }
    }

    /** Returns the name of a worker whose home this is: the machine's, and the begin of the id. */
    public String workerName() {
        var id = id();
        return machine() + "-" + id.substring(0, Math.min(8, id.length()));
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // It has a name that nobody can look up; the id says enough.
            return "worker";
        }
    }

    /** Returns the directories that runs write to, by what is in them. */
    public Map<String, Path> written() {
        return new TreeMap<>(Map.of("logs", logs(), "artifacts", shared.resolve("data")));
    }

    public Path database() {
        return path.resolve("db");
    }

    public Path logs() {
        return shared.resolve("logs");
    }

    public Path secrets() {
        return path.resolve("secrets");
    }

    /** Returns the directory of the key that all processes on the database need. */
    public Path sharedSecrets() {
        return shared.resolve("secrets");
    }

    public Path workspaces() {
        return path.resolve("workspaces");
    }

    public Path configuration() {
        return path.resolve("headrace.properties");
    }
}
