package io.headrace.engine.log;

import io.headrace.engine.ServerThreads;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    private static void pack(LogPlace place) throws IOException {
        if (!Files.exists(place.packed())) {
            var copy = copy(place);
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
