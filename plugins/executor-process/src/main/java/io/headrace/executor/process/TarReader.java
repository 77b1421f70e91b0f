package io.headrace.executor.process;

import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks a tar into a workspace, and never outside of it. */
final class TarReader {

    private final Path workspace;

    TarReader(Path workspace) {
        this.workspace = workspace;
    }

    void unpack(String directory, InputStream from)
            throws ExecutionException, IOException, InterruptedException {
        var root = workspace.toRealPath();
        var target = inside(root, root, directory);
        makeDirectory(root, target, directory);
        // Not closed, as that would close what the caller gave.
        var tar = new TarArchiveInputStream(from, StandardCharsets.UTF_8.name());
        while (true) {
            var entry = tar.getNextEntry();
            if (entry == null) {
                return;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            unpack(root, target, entry, tar);
        }
    }

    private static void unpack(
            Path root, Path target, TarArchiveEntry entry, TarArchiveInputStream tar)
            throws ExecutionException, IOException {
        var name = entry.getName();
        var path = inside(root, target, name);
        if (path.equals(target)) {
            return;
        }
        if (entry.isDirectory()) {
            makeDirectory(root, path, name);
            return;
        }
        makeDirectory(root, parent(path), name);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(name, "is a directory in the workspace already");
        }
        // Whatever link is there must not be written through.
        Files.deleteIfExists(path);
        if (entry.isSymbolicLink()) {
            var to = linked(root, parent(path), entry);
            checkStays(root, to, name);
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            var to = linked(root, target, entry);
            checkStays(root, to, name);
            if (!Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS)) {
                throw refused(name, "links to what is no file");
            }
            Files.createLink(path, to);
        } else if (entry.isFile()) {
            try (var out =
                    Files.newOutputStream(
                            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                tar.transferTo(out);
            }
            Files.setLastModifiedTime(path, entry.getLastModifiedTime());
            Files.setPosixFilePermissions(path, Modes.permissions(entry.getMode() | 0600));
        } else {
            throw refused(name, "is neither a file, a directory nor a link");
        }
    }

    /** Makes it and its parents one by one, so that none is made beyond a link that leads out. */
    private static void makeDirectory(Path root, Path directory, String name)
            throws ExecutionException, IOException {
        var at = root;
        for (var part : root.relativize(directory)) {
            at = at.resolve(part);
            try {
                if (!part.toString().isEmpty()) {
                    Files.createDirectory(at);
                }
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(at)) {
                    throw refused(name, "has a file where it needs a directory");
                }
                checkStays(root, at, name);
            }
        }
    }

    private static Path inside(Path root, Path from, String name) throws ExecutionException {
        try {
            var path = from.resolve(name).normalize();
            if (path.startsWith(root) && !Path.of(name).isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw refused(name, "is not a path");
        }
        throw refused(name, "lies outside of the workspace");
    }

    private static Path linked(Path root, Path from, TarArchiveEntry entry)
            throws ExecutionException {
        try {
            return inside(root, from, entry.getLinkName());
        } catch (ExecutionException e) {
            throw refused(
                    entry.getName(),
                    "links to '%s' outside of the workspace".formatted(entry.getLinkName()));
        }
    }

    /** Follows the links in the part of {@code path} that exists. */
    private static void checkStays(Path root, Path path, String name)
            throws ExecutionException, IOException {
        var existing = path;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = parent(existing);
        }
        if (!Files.exists(existing) || !existing.toRealPath().startsWith(root)) {
            throw refused(name, "leads out of the workspace by a link");
        }
    }

    private static Path parent(Path path) {
        var parent = path.getParent();
        if (parent == null) {
            throw new IllegalStateException("The root directory is no place for files");
        }
        return parent;
    }

    private static ExecutionException refused(String name, String why) {
        return new ExecutionException(
                Kind.INVALID, "The archive is refused: the entry '%s' %s".formatted(name, why));
    }
}
