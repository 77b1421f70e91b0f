package io.headrace.engine.log;

import io.headrace.engine.run.AttemptId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The logs of all attempts, in files below one directory. Any number of threads may use it, and any
 * number of processes may read and follow; each log is written by one of them.
 */
public final class Logs implements AutoCloseable {

    private final Path directory;
    private final InstantSource clock;
    private final LogSettings settings;
    private final LogPacker packer = new LogPacker();
    private final ConcurrentHashMap<AttemptId, Tail> tails = new ConcurrentHashMap<>();

    /**
     * @param directory is made when needed
     */
    public Logs(Path directory, InstantSource clock, LogSettings settings) {
        this.directory = directory;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Opens the log of {@code attempt} for writing. If it was begun before and not ended, because
     * the server died, it goes on after the last line that was kept.
     *
     * @throws IllegalStateException if it is open already, or has ended
     */
    public LogWriter open(AttemptId attempt, Masker masker) throws IOException {
        var place = place(attempt);
        var tail = takeForWriting(attempt);
        try {
            var file = openFile(place, tail);
            return new FileLogWriter(file, masker, () -> ended(place));
        } catch (IOException | RuntimeException e) {
            releaseFromWriting(attempt);
            throw e;
        }
    }

    /** Opens a log for reading; empty if nothing was written so far. The caller closes it. */
    public Optional<LogReader> read(AttemptId attempt) throws IOException {
        var tail = tails.get(attempt);
        return find(place(attempt), tail == null ? null : tail.state()).map(FileLogReader::new);
    }

    /**
     * Follows a log, whether it is being written, has ended or does not exist yet. The caller
     * closes the follower.
     *
     * @param from number of the first line, from 1
     */
    public LogFollower follow(AttemptId attempt, long from) {
        if (from < 1) {
            throw new IllegalArgumentException("Lines are counted from 1, not " + from);
        }
        return new FileLogFollower(this, place(attempt), use(attempt), from);
    }

    /**
     * Deletes a log for good; returns whether there was one.
     *
     * @throws IllegalStateException if it is being written
     */
    public boolean delete(AttemptId attempt) throws IOException {
        takeForWriting(attempt);
        try {
            var place = place(attempt);
            packer.forget(place);
            var deleted = Files.deleteIfExists(place.live());
            deleted |= Files.deleteIfExists(place.ended());
            deleted |= Files.deleteIfExists(place.packed());
            Files.deleteIfExists(place.index());
            Files.deleteIfExists(LogPacker.copy(place));
            return deleted;
        } finally {
            releaseFromWriting(attempt);
        }
    }

    /**
     * Deletes the logs of {@code attempts}, except those that are being written just now.
     *
     * @return those that are being written
     */
    public Set<AttemptId> deleteUnlessWritten(Collection<AttemptId> attempts) throws IOException {
        var written = new HashSet<AttemptId>();
        for (var attempt : attempts) {
            try {
                delete(attempt);
            } catch (IllegalStateException _) {
                written.add(attempt);
            }
        }
        return written;
    }

    /** Deletes the logs that nobody wrote to since {@code before}; returns how many. */
    public int expire(Instant before) throws IOException {
        var deleted = new AtomicInteger();
        new LogDirectory(directory)
                .visit(
                        before,
                        logs -> {
                            logs.values().removeIf(time -> !time.isBefore(before));
                            var kept = deleteUnlessWritten(logs.keySet());
                            deleted.addAndGet(logs.size() - kept.size());
                        });
        return deleted.get();
    }

    /**
     * Looks through all logs for those that belong to nothing, and deletes them; returns how many.
     *
     * @param strays returns those of some attempts that do not exist
     */
    public int sweep(UnaryOperator<Set<AttemptId>> strays) throws IOException {
        var deleted = new AtomicInteger();
        new LogDirectory(directory)
                .visit(
                        Instant.MAX,
                        logs -> {
                            if (!logs.isEmpty()) {
                                var found = strays.apply(logs.keySet());
                                var kept = deleteUnlessWritten(found);
                                deleted.addAndGet(found.size() - kept.size());
                            }
                        });
        return deleted.get();
    }

    /** Waits for work in the background to end. Writers are to be closed before. */
    @Override
    public void close() {
        packer.close();
    }

    /**
     * Opens the files of a log, whatever they are just now. Looking for them in the order of their
     * life finds them even if they move on meanwhile.
     *
     * @param state as the writer published it, or null if there is none
     */
    Optional<OpenLog> find(LogPlace place, @Nullable LogState state) throws IOException {
        if ((state == null || !state.ended()) && Files.exists(place.live())) {
            try {
                return Optional.of(OpenLog.live(place, state));
            } catch (FileNotFoundException e) {
                throwIfThere(place.live(), e);
            }
        }
        if (Files.exists(place.ended())) {
            try {
                var log = OpenLog.ended(place);
                if (log.packable() && log.index() != null) {
                    packer.submit(place);
                }
                if (!log.packable() || log.index() != null || !Files.exists(place.packed())) {
                    return Optional.of(log);
                }
                log.close();
            } catch (FileNotFoundException e) {
                throwIfThere(place.ended(), e);
            }
        }
        return Files.exists(place.packed()) ? Optional.of(OpenLog.packed(place)) : Optional.empty();
    }

    /** Ends the use that {@link #follow} began. */
    void release(AttemptId attempt) {
        tails.computeIfPresent(attempt, (_, tail) -> tail.release() ? null : tail);
    }

    /** A file that is there and can't be opened is reported in the same way as one that is not. */
    private static void throwIfThere(Path file, FileNotFoundException e) throws IOException {
        if (Files.exists(file)) {
            throw e;
        }
    }

    private BatchFile openFile(LogPlace place, Tail tail) throws IOException {
        if (Files.exists(place.ended()) || Files.exists(place.packed())) {
            throw new IllegalStateException("The log of " + place.attempt() + " has ended");
        }
        if (Files.exists(place.live())) {
            return goOn(place, tail);
        }
        var file = create(place);
        try {
            file.write(header(place));
            var index = new IndexWriter(place.index());
            return new BatchFile(place, clock, settings, tail, file, index, LogState.EMPTY);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private BatchFile goOn(LogPlace place, Tail tail) throws IOException {
        var file = new RandomAccessFile(place.live().toFile(), "rw");
        try (var log = OpenLog.live(place, null)) {
            var state = log.state();
            if (state.raw() < Batch.FILE_HEADER) {
                state = LogState.EMPTY;
                file.setLength(0);
                file.write(header(place));
            }
            file.setLength(state.raw());
            file.seek(state.raw());
            var index = IndexWriter.goOn(place.index(), log);
            state = new LogState(state.raw(), state.lines(), state.text(), index.written(), false);
            return new BatchFile(place, clock, settings, tail, file, index, state);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static byte[] header(LogPlace place) {
        return ByteBuffer.allocate(Batch.FILE_HEADER)
                .put(Batch.FILE_MARK)
                .putLong(place.attempt().value())
                .array();
    }

    private static RandomAccessFile create(LogPlace place) throws IOException {
        for (var tries = 1; ; tries++) {
            try {
                return new RandomAccessFile(place.live().toFile(), "rw");
            } catch (FileNotFoundException e) {
                // Once more than one would think: it may be removed again because it is empty.
                if (tries == 3) {
                    throw e;
                }
                Files.createDirectories(place.directory());
            }
        }
    }

    private LogPlace place(AttemptId attempt) {
        return LogPlace.of(directory, attempt);
    }

    private void ended(LogPlace place) {
        releaseFromWriting(place.attempt());
        if (Files.exists(place.index())) {
            packer.submit(place);
        }
    }

    private Tail use(AttemptId attempt) {
        return tails.compute(attempt, (_, tail) -> tail == null ? new Tail().use() : tail.use());
    }

    private Tail takeForWriting(AttemptId attempt) {
        return tails.compute(
                attempt,
                (_, present) -> {
                    var tail = present == null ? new Tail() : present;
                    if (!tail.takeForWriting()) {
                        throw new IllegalStateException(
                                "The log of " + attempt + " is being written");
                    }
                    return tail.use();
                });
    }

    private void releaseFromWriting(AttemptId attempt) {
        tails.computeIfPresent(
                attempt,
                (_, tail) -> {
                    tail.releaseFromWriting();
                    return tail.release() ? null : tail;
                });
    }
}
