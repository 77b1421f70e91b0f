package io.headrace.engine.log;

import io.headrace.engine.run.AttemptId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The logs of all attempts, in files below one directory. Any number of threads may use it; only
 * one process may.
 */
public final class Logs implements AutoCloseable {

    private final Doors doors;

    /**
     * @param directory is made when needed
     */
    public Logs(Path directory, InstantSource clock, LogSettings settings) {
        doors = unfinished();
    }

    /**
     * Opens the log of {@code attempt} for writing. If it was begun before and not ended, because
     * the server died, it goes on after the last line that was kept.
     *
     * @throws IllegalStateException if it is open already, or has ended
     */
    public LogWriter open(AttemptId attempt, Masker masker) throws IOException {
        return doors.open(attempt, masker);
    }

    /** Opens a log for reading; empty if nothing was written so far. The caller closes it. */
    public Optional<LogReader> read(AttemptId attempt) throws IOException {
        return doors.read(attempt);
    }

    /**
     * Follows a log, whether it is being written, has ended or does not exist yet. The caller
     * closes the follower.
     *
     * @param from number of the first line, from 1
     */
    public LogFollower follow(AttemptId attempt, long from) {
        return doors.follow(attempt, from);
    }

    /**
     * Deletes a log for good; returns whether there was one.
     *
     * @throws IllegalStateException if it is being written
     */
    public boolean delete(AttemptId attempt) throws IOException {
        return doors.delete(attempt);
    }

    /** Waits for work in the background to end. Writers are to be closed before. */
    @Override
    public void close() {}

    private static Doors unfinished() {
        throw new UnsupportedOperationException("Logs are not there yet");
    }

    private interface Doors {

        LogWriter open(AttemptId attempt, Masker masker) throws IOException;

        Optional<LogReader> read(AttemptId attempt) throws IOException;

        LogFollower follow(AttemptId attempt, long from);

        boolean delete(AttemptId attempt) throws IOException;
    }
}
