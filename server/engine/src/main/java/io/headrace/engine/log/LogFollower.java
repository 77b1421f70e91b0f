package io.headrace.engine.log;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Reads a log as it grows, from a line on to its end. Keeps no lines, so a slow follower costs no
 * more than a fast one and slows nobody down. Used by one thread at a time.
 */
public interface LogFollower extends AutoCloseable {

    /**
     * Returns the next lines, waiting for them if there are none yet; also for a log that was not
     * opened so far.
     *
     * @param limit how many at most
     * @param patience how long to wait
     * @return empty if none came in that time, or the log has ended
     */
    List<LogLine> next(int limit, Duration patience) throws IOException, InterruptedException;

    /** Returns whether the log has ended and all its lines were returned. */
    boolean ended();

    @Override
    void close() throws IOException;
}
