package io.headrace.engine.plugin;

import io.headrace.engine.Refused;
import io.headrace.engine.Refused.Why;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The zips of plugins on disk. A file with a plugin's name is always whole: it appears by a rename,
 * after its bytes are safe on disk.
 */
final class PluginFiles {

    private static final String UPLOAD = ".upload-";

    /** The words of Linux and macOS; Java has no exception of its own for it. */
    private static final Pattern FULL =
            Pattern.compile("No space left on device|Disk quota exceeded|Disc quota exceeded");

    private final PluginFolders folders;

    PluginFiles(PluginFolders folders) {
        this.folders = folders;
    }

    /** Makes the folders, and removes what a crash left behind. */
    void prepare() throws IOException {
        Files.createDirectories(folders.installed());
        deleteTree(folders.work());
        Files.createDirectories(folders.work());
        Files.createDirectories(folders.data());
        try (var files = Files.newDirectoryStream(folders.installed(), UPLOAD + "*")) {
            for (var file : files) {
                Files.delete(file);
            }
        }
    }

    List<Path> bundled() throws IOException {
        return zips(folders.bundled());
    }

    List<Path> installed() throws IOException {
        return zips(folders.installed());
    }

    private static List<Path> zips(@Nullable Path folder) throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".zip"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    /** Returns where a plugin goes that is new. */
    Path place(String id) {
        return folders.installed().resolve(id + ".zip");
    }

    /**
     * Writes an upload to a file beside the plugins, safely on disk.
     *
     * @throws Refused if it is too long; nothing is left then
     */
    Path receive(InputStream zip) throws IOException {
        var file = Files.createTempFile(folders.installed(), UPLOAD, ".tmp");
        try {
            var left = PluginZip.MAX_ZIP;
            var buffer = new byte[64 << 10];
            try (var out = Files.newOutputStream(file)) {
                for (var length = zip.read(buffer); length >= 0; length = zip.read(buffer)) {
                    left -= length;
                    if (left < 0) {
                        throw Refused.invalid(
                                ("The upload has more than %d MB, which no plugin may have. Leave"
                                                + " out what it does not need.")
                                        .formatted(PluginZip.MAX_ZIP >> 20));
                    }
                    out.write(buffer, 0, length);
                }
            }
            force(file, StandardOpenOption.WRITE);
            return file;
        } catch (IOException | RuntimeException e) {
            Files.delete(file);
            throw e;
        }
    }

    /** Returns what to tell people, if a write failed because there is no room. */
    Optional<Refused> fullDisk(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (FULL.matcher(String.valueOf(cause.getMessage())).find()) {
                var folder = folders.installed();
                return Optional.of(
                        new Refused(
                                Why.UNAVAILABLE,
                                ("The plugin was not installed, because the disk of %s is full (%d"
                                                + " KiB are free). Make room there, by deleting old runs for"
                                                + " instance, and install it again. Nothing was changed.")
                                        .formatted(folder, folder.toFile().getUsableSpace() >> 10),
                                failure));
            }
        }
        return Optional.empty();
    }

    /**
     * Puts {@code upload} in the place of {@code target}, which may exist: at once and for good.
     */
    void commit(Path upload, Path target) throws IOException {
        Files.move(
                upload,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        force(folders.installed(), StandardOpenOption.READ);
    }

    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        force(folders.installed(), StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (var channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    /**
     * Deletes {@code root} and all below it, following no links. What is missing is fine, also when
     * somebody else deletes it meanwhile: a plugin that ends late removes its own folder.
     */
    static void deleteTree(Path root) throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException problem)
                            throws IOException {
                        return unlessMissing(problem);
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @Nullable IOException problem) throws IOException {
                        if (problem != null) {
                            unlessMissing(problem);
                        }
                        Files.deleteIfExists(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static FileVisitResult unlessMissing(IOException problem) throws IOException {
        if (problem instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw problem;
    }
}
