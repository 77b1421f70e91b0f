package io.headrace.executor.process;

import io.headrace.api.ExecutionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs files of a workspace, by pattern, into a tar. */
final class TarWriter {

    private final Path workspace;

    TarWriter(Path workspace) {
        this.workspace = workspace;
    }

    /** Packs each file once, also where several patterns match it; returns matches by pattern. */
    List<Integer> pack(List<String> texts, OutputStream to)
            throws ExecutionException, IOException, InterruptedException {
        var globs = new ArrayList<Glob>();
        for (var text : texts) {
            globs.add(Glob.parse(text));
        }
        var root = workspace.toRealPath();
        var counts = new ArrayList<Integer>();
        var packed = new HashSet<String>();
        // Not closed, as that would close what the caller gave.
        var tar = new TarArchiveOutputStream(to, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        for (var glob : globs) {
            counts.add(pack(root, glob, packed, tar));
        }
        tar.finish();
        tar.flush();
        return counts;
    }

    private static int pack(Path root, Glob glob, Set<String> packed, TarArchiveOutputStream tar)
            throws IOException, InterruptedException {
        var matches = new ArrayList<String>();
        var base = root.resolve(glob.base());
        if (Files.isDirectory(base)) {
            Files.walkFileTree(
                    base,
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    glob.depth(),
                    new Matches(root, glob, matches));
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        for (var name : matches.stream().sorted().toList()) {
            if (packed.add(name)) {
                pack(root, name, tar);
            }
        }
        return matches.size();
    }

    private static void pack(Path root, String name, TarArchiveOutputStream tar)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        var file = root.resolve(name).toRealPath();
        try (var in = Files.newInputStream(file)) {
            var attributes =
                    Files.getFileAttributeView(file, PosixFileAttributeView.class).readAttributes();
            var entry = new TarArchiveEntry(name);
            entry.setSize(attributes.size());
            entry.setModTime(attributes.lastModifiedTime());
            entry.setMode(Modes.of(attributes.permissions()));
            tar.putArchiveEntry(entry);
            copy(in, attributes.size(), tar, name);
            tar.closeArchiveEntry();
        }
    }

    /** A tar says a file's size before its bytes, so the file must keep it. */
    private static void copy(InputStream in, long size, OutputStream to, String name)
            throws IOException {
        var buffer = new byte[64 * 1024];
        var left = size;
        while (left > 0) {
            var read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("The file '%s' was cut while it was read".formatted(name));
            }
            to.write(buffer, 0, read);
            left -= read;
        }
    }

    /** Follows links that stay in the workspace. */
    private static final class Matches extends SimpleFileVisitor<Path> {

        private final Path root;
        private final Glob glob;
        private final List<String> matches;

        Matches(Path root, Glob glob, List<String> matches) {
            this.root = root;
            this.glob = glob;
            this.matches = matches;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                return FileVisitResult.TERMINATE;
            }
            return staysInside(directory) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            var name = root.relativize(file).toString();
            if (attributes.isRegularFile() && glob.matches(name) && staysInside(file)) {
                matches.add(name);
            }
            return FileVisitResult.CONTINUE;
        }

        /** Passes by what is gone, is a loop of links, or may not be read as a directory. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        private boolean staysInside(Path path) throws IOException {
            return path.toRealPath().startsWith(root);
        }
    }
}
