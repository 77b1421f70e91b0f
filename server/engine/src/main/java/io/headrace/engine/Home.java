package io.headrace.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * The directory that holds everything of an installation: {@code db}, {@code logs}, {@code
 * plugins}, {@code data} (artifacts and caches, by plugin), {@code workspaces}, {@code secrets} and
 * the configuration file.
 */
public record Home(Path path) {

    public Home {
        path = path.toAbsolutePath().normalize();
    }

    /** Makes the directory, for its owner alone. */
    public Home create() {
        try {
            Files.createDirectories(path);
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
            for (var directory :
                    new Path[] {logs(), secrets(), workspaces(), path.resolve("data")}) {
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
        var file = path.resolve("installation");
        try {
            if (Files.notExists(file)) {
                // At once or not at all: half a name would belong to nobody, for ever.
                var whole = path.resolve("installation.new");
                Files.writeString(whole, installation + "\n");
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip().equals(installation);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be used: " + e.getMessage(), e);
        }
    }

    /** Returns the directories that runs write to, by what is in them. */
    public Map<String, Path> written() {
        return new TreeMap<>(Map.of("logs", logs(), "artifacts", path.resolve("data")));
    }

    public Path database() {
        return path.resolve("db");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public Path secrets() {
        return path.resolve("secrets");
    }

    public Path workspaces() {
        return path.resolve("workspaces");
    }

    public Path configuration() {
        return path.resolve("headrace.properties");
    }
}
