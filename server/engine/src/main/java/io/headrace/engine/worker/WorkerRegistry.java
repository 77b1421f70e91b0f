package io.headrace.engine.worker;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which workers there are, in all processes on a database. Times are the database's. Any number of
 * threads may use it.
 */
public interface WorkerRegistry extends Workers {

    /**
     * What a worker says of itself.
     *
     * @param name unique among workers, the same after a restart
     * @param kind see {@link WorkerView#kind}
     * @param version of the program
     */
    record Entry(
            String name,
            String kind,
            Set<String> pools,
            Set<String> labels,
            int slots,
            String version) {

        public Entry {
            pools = Set.copyOf(pools);
            labels = Set.copyOf(labels);
        }
    }

    /**
     * Enters a worker. Whoever had the name before loses it, and learns that with its next {@link
     * #beat}.
     *
     * @param lease how long it may stay silent
     * @return the number of this entry, for {@link #beat} and {@link #leave}
     */
    long enter(Entry entry, Duration lease);

    /**
     * Says that a worker lives. One that was forgotten because it was silent for too long is
     * entered again.
     *
     * @param session what {@link #enter} returned
     * @return false if another process has taken the name
     */
    boolean beat(Entry entry, long session, boolean draining, Duration lease);

    /** Takes a worker off the list, unless another process has taken its name. */
    void leave(String name, long session);

    /** Lists all workers by name, with what they run; also those that are lost. */
    @Override
    List<WorkerView> list();

    /**
     * Takes those off the list that said nothing for {@code silence} and have no attempt any more.
     *
     * @return their names
     */
    List<String> forget(Duration silence);
}
