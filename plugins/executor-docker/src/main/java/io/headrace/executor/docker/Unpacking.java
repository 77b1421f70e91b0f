package io.headrace.executor.docker;

import io.headrace.api.ExecutionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks an archive into a workspace whose content a job wrote. Nothing is written through a
 * symbolic link, wherever it leads. No command runs meanwhile, so that what was checked stays so.
 */
final class Unpacking {

    private final Path root;

    Unpacking(Path root) {
        this.root = root;
    }

    void unpack(List<String> directory, InputStream tar) throws IOException, ExecutionException {
        parent(directory, String.join("/", directory));
        var in = new TarArchiveInputStream(tar, "UTF-8");
        for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            var parts = new ArrayList<>(directory);
            parts.addAll(TarNames.parts(entry.getName()));
            if (parts.size() > directory.size()) {
                var parent = parent(parts.subList(0, parts.size() - 1), entry.getName());
                write(entry, in, directory, parent.resolve(parts.getLast()));
            }
        }
    }

    /** Walks down, making what is missing. */
    private Path parent(List<String> parts, String name) throws IOException, ExecutionException {
        var path = root;
        for (var part : parts) {
            path = path.resolve(part);
            if (Files.isSymbolicLink(path)) {
                throw TarNames.refused(name, "would be written through a symbolic link");
            }
            if (!Files.exists(path)) {
                Files.createDirectory(path);
            }
        }
        return path;
    }

    private void write(
            TarArchiveEntry entry, InputStream content, List<String> directory, Path path)
            throws IOException, ExecutionException {
        if (entry.isDirectory()) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(path);
                Files.createDirectory(path);
            }
            Files.setPosixFilePermissions(path, permissions(entry.getMode()));
            return;
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw TarNames.refused(entry.getName(), "is a directory in the workspace");
        }
        // Whatever link is there must not be written through.
        Files.deleteIfExists(path);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(path, target(entry, directory));
        } else if (entry.isFile()) {
            Files.copy(content, path);
            Files.setPosixFilePermissions(path, permissions(entry.getMode()));
            Files.setLastModifiedTime(path, entry.getLastModifiedTime());
        } else {
            throw TarNames.refused(entry.getName(), "is neither a file, a directory nor a link");
        }
    }

    private Path target(TarArchiveEntry entry, List<String> directory)
            throws IOException, ExecutionException {
        var parts = new ArrayList<>(directory);
        parts.addAll(TarNames.parts(entry.getLinkName(), entry.getName()));
        if (parts.isEmpty()) {
            throw TarNames.refused(entry.getName(), "is a link to the workspace itself");
        }
        var target =
                parent(parts.subList(0, parts.size() - 1), entry.getName())
                        .resolve(parts.getLast());
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw TarNames.refused(entry.getName(), "is a link to what is not a file");
        }
        return target;
    }

    /** Without the set-user and set-group bits. */
    private static Set<PosixFilePermission> permissions(int mode) {
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        var all = PosixFilePermission.values();
        for (var i = 0; i < all.length; i++) {
            if ((mode >> (all.length - 1 - i) & 1) == 1) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }
}
