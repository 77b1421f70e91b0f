package io.headrace.artifacts.filesystem;

import io.headrace.api.ArtifactStore.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blobs below one directory. A blob appears under its name only when all of it is on the disk,
 * so a crash leaves either the whole of it or a file in {@code incoming}, which the next start
 * removes.
 */
final class Blobs {

    private static final Logger log = LoggerFactory.getLogger(Blobs.class);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern PART = Pattern.compile("[0-9a-f]{2}");

    private final Path root;
    private final Path incoming;

    /** Bytes of all blobs, and of those that are being written. */
    private final AtomicLong used = new AtomicLong();

    /** One for each first byte of a hash: who adds, removes and counts does it alone. */
    private final ReentrantLock[] locks = new ReentrantLock[256];

    private Blobs(Path root) {
        this.root = root;
        this.incoming = root.resolve("incoming");
        Arrays.setAll(locks, _ -> new ReentrantLock());
    }

    /** Removes what a crash left, and counts what is there. */
    static Blobs open(Path root) throws IOException {
        var blobs = new Blobs(root);
        Files.createDirectories(blobs.incoming);
        try (var left = Files.newDirectoryStream(blobs.incoming)) {
            for (var file : left) {
                log.info("Removing {}, which was not written to its end", file);
                Files.deleteIfExists(file);
            }
        }
        try (var all = blobs.list()) {
            blobs.used.set(all.mapToLong(Blob::size).sum());
        }
        return blobs;
    }

    Path root() {
        return root;
    }

    Blob put(InputStream bytes, Limits limits) throws IOException {
        var room = new Room(root, used, limits);
        try (var file = IncomingFile.create(incoming, room)) {
            var blob = file.write(bytes);
            keep(file.path(), blob, room);
            return blob;
        } catch (IOException e) {
            throw room.explain(e);
        } finally {
            room.release();
        }
    }

    /** Replaces what is there already: the same bytes, unless the disk has damaged them. */
    private void keep(Path written, Blob blob, Room room) throws IOException {
        var target = path(blob.sha256());
        var directory = directory(blob.sha256());
        var lock = lock(blob.sha256());
        lock.lock();
        try {
            var before = size(target);
            var isNew = !Files.isDirectory(directory);
            Files.createDirectories(directory);
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
            room.keep(blob.size() - Math.max(0, before));
            // Last, so that a journal needs to be written only once; and before the next in here
            // finds its directory there and relies on it.
            sync(directory);
            if (isNew) {
                sync(directory.resolve(".."));
                sync(root);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes a directory's entries to the disk. */
    private static void sync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    InputStream read(String sha256, long offset, long length) throws IOException {
        var path = path(sha256);
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "No range: %d bytes from %d on".formatted(length, offset));
        }
        var channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return BlobStream.open(channel, sha256, offset, length);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    boolean exists(String sha256) {
        return Files.isRegularFile(path(sha256));
    }

    boolean delete(String sha256) throws IOException {
        var path = path(sha256);
        var lock = lock(sha256);
        lock.lock();
        try {
            var size = size(path);
            if (size < 0) {
                return false;
            }
            Files.delete(path);
            used.addAndGet(-size);
            removeIfEmpty(directory(sha256));
            removeIfEmpty(root.resolve(sha256.substring(0, 2)));
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static void removeIfEmpty(Path directory) throws IOException {
        try {
            Files.delete(directory);
        } catch (DirectoryNotEmptyException e) {
            log.trace("{} has others in it", directory);
        }
    }

    Stream<Blob> list() throws IOException {
        return children(root).stream()
                .filter(first -> PART.matcher(name(first)).matches())
                .flatMap(first -> childrenIfThere(first).stream())
                .filter(second -> PART.matcher(name(second)).matches())
                .flatMap(second -> childrenIfThere(second).stream())
                .filter(file -> HASH.matcher(name(file)).matches())
                .flatMap(Blobs::blob);
    }

    private static Stream<Blob> blob(Path file) {
        var size = size(file);
        // Deleted meanwhile.
        return size < 0 ? Stream.empty() : Stream.of(new Blob(name(file), size));
    }

    private static List<Path> children(Path directory) throws IOException {
        var children = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(directory)) {
            entries.forEach(children::add);
        }
        return children;
    }

    private static List<Path> childrenIfThere(Path directory) {
        try {
            return children(directory);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't list " + directory, e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Returns the size of a file, or -1 if there is none. */
    private static long size(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? attributes.size() : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private Path path(String sha256) {
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("Not a SHA-256: " + sha256);
        }
        return directory(sha256).resolve(sha256);
    }

    private Path directory(String sha256) {
        return root.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2, 4));
    }

    private ReentrantLock lock(String sha256) {
        return locks[Integer.parseInt(sha256, 0, 2, 16)];
    }
}
