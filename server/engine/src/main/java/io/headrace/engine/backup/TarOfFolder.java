package io.headrace.engine.backup;

import io.headrace.engine.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes the regular files of a folder as a tar, and reads it, in constant memory. Times and the
 * right to execute are kept. Links are passed over: none of ours is needed, and none of others is
 * wanted.
 */
final class TarOfFolder {

    private static final int EXECUTE = 0111;

    private TarOfFolder() {}

    /**
     * Writes all files below {@code folder}, which may change meanwhile: files that go are passed
     * over, those that grow are cut where they ended when it was their turn.
     *
     * @return how many files
     */
    static long write(Path folder, OutputStream out) throws IOException {
        var tar = tar(out);
        var files = new Visitor(folder, tar);
        if (Files.isDirectory(folder)) {
            Files.walkFileTree(folder, files);
        }
        tar.finish();
        return files.count;
    }

    /** Writes some files, each under its path below {@code root}; those that are not there not. */
    static long write(Path root, List<Path> some, OutputStream out) throws IOException {
        var tar = tar(out);
        var files = new Visitor(root, tar);
        for (var file : some) {
            if (Files.isDirectory(file)) {
                Files.walkFileTree(file, files);
            } else if (Files.isRegularFile(file)) {
                files.add(file);
            }
        }
        tar.finish();
        return files.count;
    }

    private static TarArchiveOutputStream tar(OutputStream out) {
        var tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        return tar;
    }

    /** Adds what it visits to a tar. */
    private static final class Visitor extends SimpleFileVisitor<Path> {

        private final Path root;
        private final TarArchiveOutputStream tar;
        private long count;

        Visitor(Path root, TarArchiveOutputStream tar) {
            this.root = root;
            this.tar = tar;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (attributes.isRegularFile()) {
                add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(
                Path directory, @org.jspecify.annotations.Nullable IOException failure)
                throws IOException {
            if (failure != null && !(failure instanceof NoSuchFileException)) {
                throw failure;
            }
            return FileVisitResult.CONTINUE;
        }

        void add(Path file) throws IOException {
            try (var channel = FileChannel.open(file)) {
                var entry =
                        new TarArchiveEntry(root.relativize(file).toString().replace('\\', '/'));
                var size = channel.size();
                entry.setSize(size);
                entry.setLastModifiedTime(Files.getLastModifiedTime(file));
                entry.setMode(Files.isExecutable(file) ? 0100755 : 0100644);
                tar.putArchiveEntry(entry);
                copy(Channels.newInputStream(channel), size);
                tar.closeArchiveEntry();
                count++;
            } catch (NoSuchFileException e) {
                // It went between its being seen and its being opened.
            }
        }

        /** Copies {@code size} bytes; what was cut off meanwhile becomes zeros. */
        private void copy(InputStream in, long size) throws IOException {
            var buffer = new byte[1 << 16];
            for (var left = size; left > 0; ) {
                var wanted = (int) Math.min(buffer.length, left);
                var read = in.read(buffer, 0, wanted);
                if (read < 0) {
                    Arrays.fill(buffer, (byte) 0);
                    read = wanted;
                }
                tar.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    /**
     * Unpacks a tar into {@code folder}; no file of it may be there.
     *
     * @return how many files
     * @throws Refused if an entry is no file, or would come to lie elsewhere
     */
    static long read(InputStream in, Path folder, Owner owner) throws IOException {
        var tar = new TarArchiveInputStream(in, "UTF-8");
        var count = 0L;
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            var target = target(folder, entry);
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.copy(tar, target);
            permit(target, (entry.getMode() & EXECUTE) != 0, owner);
            Files.setLastModifiedTime(
                    target, FileTime.fromMillis(entry.getLastModifiedTime().toMillis()));
            count++;
        }
        return count;
    }

    /** Who may read what is unpacked. */
    enum Owner {
        ALONE,
        AND_OTHERS
    }

    private static void permit(Path file, boolean executable, Owner owner) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var mode =
                    switch (owner) {
                        case ALONE -> "rw-------";
                        case AND_OTHERS -> executable ? "rwxr-xr-x" : "rw-r--r--";
                    };
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        }
    }

    private static Path target(Path folder, TarArchiveEntry entry) {
        var name = entry.getName();
        var parts = Arrays.asList(name.split("/", -1));
        if (!entry.isFile()
                || entry.isLink()
                || entry.isSymbolicLink()
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || parts.contains("")
                || parts.contains(".")
                || parts.contains("..")) {
            throw Refused.invalid(
                    "The backup holds '%s', which is no file of ours".formatted(name));
        }
        var target = folder.resolve(name).normalize();
        if (!target.startsWith(folder)) {
            throw Refused.invalid(
                    "The backup holds '%s', which is no file of ours".formatted(name));
        }
        return target;
    }
}
