package io.headrace.engine.log;

import io.headrace.engine.ServerThreads;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compresses logs that have ended, one after the other, in the background. */
final class LogPacker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogPacker.class);

    /** Nobody takes so long between two writes: what is older was left by a crash. */
    private static final Duration CRASHED = Duration.ofMinutes(10);

    private final Set<LogPlace> waiting = ConcurrentHashMap.newKeySet();
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(ServerThreads.named("log-packer"));

    /** Has a log compressed later; one that is missed is submitted again when it is read. */
    void submit(LogPlace place) {
        if (waiting.add(place)) {
            try {
                worker.execute(() -> run(place));
            } catch (RejectedExecutionException _) {
                waiting.remove(place);
            }
        }
    }

    /** Drops a log that is to be deleted; one that is being compressed is waited for. */
    void forget(LogPlace place) {
        synchronized (this) {
            waiting.remove(place);
        }
    }

    /** Finishes what was submitted. */
    @Override
    public void close() {
        worker.close();
    }

    private void run(LogPlace place) {
        synchronized (this) {
            if (!waiting.remove(place)) {
                return;
            }
            try {
                pack(place);
            } catch (NoSuchFileException | FileNotFoundException _) {
                // It was deleted.
            } catch (IOException | RuntimeException e) {
                LOG.warn("The log {} could not be compressed; it stays as it is", place.ended(), e);
            }
        }
    }

    /** Where the compressed log is until it is complete. */
    static Path copy(LogPlace place) {
        return place.packed().resolveSibling(place.packed().getFileName() + ".tmp");
    }

    /** Makes the file that says who compresses; false if another process does. */
    private static boolean begin(Path copy) throws IOException {
        try {
            Files.createFile(copy);
            return true;
        } catch (FileAlreadyExistsException _) {
            var age = Duration.between(Files.getLastModifiedTime(copy).toInstant(), Instant.now());
            return age.compareTo(CRASHED) > 0;
        }
    }

    private static void pack(LogPlace place) throws IOException {
        if (!Files.exists(place.packed())) {
            var copy = copy(place);
            if (!begin(copy)) {
                return;
            }
            try (var log = OpenLog.ended(place);
                    var file = new RandomAccessFile(place.ended().toFile(), "r")) {
                var index = log.index();
                if (index == null || !log.packable()) {
                    return;
                }
                PackedLog.write(file, index, log.state(), copy);
                Files.move(copy, place.packed(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(copy);
            }
        }
        Files.deleteIfExists(place.ended());
        Files.deleteIfExists(place.index());
    }
}
