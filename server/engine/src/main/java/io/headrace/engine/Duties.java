package io.headrace.engine;

import java.time.Duration;

/**
 * Work that only one of all processes on a database is to do at a time, such as ending attempts
 * whose worker is lost. Two may do the same work for a moment when one was frozen: whatever is done
 * under a duty must bear that. Any number of threads may ask.
 */
public interface Duties {

    /**
     * Takes a duty, or keeps it, for some time from now on, by the database's clock.
     *
     * @param duty up to 100 characters
     * @return false if another process has it
     * @throws StoreException if the database can't be reached
     */
    boolean hold(String duty, Duration time);
}
