package io.headrace.artifacts.filesystem;

import io.headrace.api.StorageFullException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** What one blob takes of the quota and of the disk while it is written. Used by one thread. */
final class Room {

    /** Bytes between two looks at the disk. */
    private static final long STEP = 4L << 20;

    private final Path root;
    private final AtomicLong used;
    private final Limits limits;
    private long taken;
    private long untilLook;

    Room(Path root, AtomicLong used, Limits limits) {
        this.root = root;
        this.used = used;
        this.limits = limits;
    }

    /** Takes room for {@code bytes} more. */
    void take(long bytes) throws IOException {
        taken += bytes;
        var all = used.addAndGet(bytes);
        if (all > limits.quota()) {
            throw new StorageFullException(
                    "No room for the artifact: all artifacts together may take %s, and %s are taken;"
                                    .formatted(text(limits.quota()), text(all - taken))
                            + " delete old runs, or raise the quota of the artifact store");
        }
        untilLook -= bytes;
        if (untilLook < 0) {
            untilLook = STEP;
            var free = free();
            if (free - STEP < limits.keepFree()) {
                throw full(free);
            }
        }
    }

    /** Leaves {@code bytes} taken for good; what was taken beyond is given back. */
    void keep(long bytes) {
        used.addAndGet(bytes - taken);
        taken = 0;
    }

    /** Gives back what was taken and not kept. */
    void release() {
        keep(0);
    }

    /** Tells a full disk from other troubles. */
    IOException explain(IOException e) throws IOException {
        var message = String.valueOf(e.getMessage());
        if (message.contains("No space left on device")
                || message.contains("Disk quota exceeded")) {
            var full = full(free());
            full.addSuppressed(e);
            return full;
        }
        return e;
    }

    private StorageFullException full(long free) {
        return new StorageFullException(
                "No room for the artifact: %s are free on the disk of %s, and %s stay free; delete old"
                                .formatted(text(free), root, text(limits.keepFree()))
                        + " runs, enlarge the disk, or lower 'keep-free' of the artifact store");
    }

    private long free() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    private static String text(long bytes) {
        return bytes < 10L << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
    }
}
