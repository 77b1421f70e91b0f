package io.headrace.engine.worker;

import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directories in which attempts work. */
final class Workspaces {

    private static final Logger LOG = LoggerFactory.getLogger(Workspaces.class);
    private static final int PIPE_BYTES = 1 << 16;

    private Workspaces() {}

    /** Deletes a directory with all that is in it; links are not followed. */
    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new Deleter());
        } catch (IOException e) {
            LOG.warn("Workspace {} could not be deleted; the sweep will try again", directory, e);
        }
    }

    /** Copies all files of {@code directory} into the workspace of {@code execution}. */
    static void send(Path directory, Execution execution)
            throws IOException, InterruptedException, ExecutionException {
        Thread writer;
        try (var in = new PipedInputStream(PIPE_BYTES)) {
            var out = new PipedOutputStream(in);
            writer = Thread.ofVirtual().name("workspace-tar").start(() -> pack(directory, out));
            execution.put("", in);
        }
        // The pipe is closed: the writer has ended, or is about to fail.
        writer.join();
    }

    private static void pack(Path directory, PipedOutputStream out) {
        try (var tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            Files.walkFileTree(directory, new Packer(directory, tar));
            tar.finish();
        } catch (IOException e) {
            // The reader sees a tar that ends too early, and says so.
            LOG.warn("Workspace {} could not be sent", directory, e);
        }
    }

    private static final class Deleter extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                throws IOException {
            // A job may have taken its own right to delete.
            if (!Files.isWritable(directory) || !Files.isExecutable(directory)) {
                Files.setPosixFilePermissions(
                        directory, PosixFilePermissions.fromString("rwx------"));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }

    private static final class Packer extends SimpleFileVisitor<Path> {

        private final Path root;
        private final TarArchiveOutputStream tar;

        Packer(Path root, TarArchiveOutputStream tar) {
            this.root = root;
            this.tar = tar;
        }

        /** Empty ones count too: git knows no repository without its {@code refs}. */
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                throws IOException {
            if (!directory.equals(root)) {
                tar.putArchiveEntry(new TarArchiveEntry(root.relativize(directory) + "/"));
                tar.closeArchiveEntry();
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            var name = root.relativize(file).toString();
            if (attributes.isSymbolicLink()) {
                var entry = new TarArchiveEntry(name, TarArchiveEntry.LF_SYMLINK);
                entry.setLinkName(Files.readSymbolicLink(file).toString());
                tar.putArchiveEntry(entry);
            } else if (attributes.isRegularFile()) {
                var entry = new TarArchiveEntry(name);
                entry.setSize(attributes.size());
                entry.setMode(Files.isExecutable(file) ? 0755 : 0644);
                tar.putArchiveEntry(entry);
                Files.copy(file, tar);
            } else {
                return FileVisitResult.CONTINUE;
            }
            tar.closeArchiveEntry();
            return FileVisitResult.CONTINUE;
        }
    }
}
