package io.headrace.store;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Finds the next jobs among those that are ready. The truth is the table {@code live}; Derby's
 * queue is a copy of it in memory, PostgreSQL's an index. Belongs to the writer's thread, but for
 * what takes a {@link Core}.
 *
 * <p>Who gets the next slot is decided by {@link Candidate#ORDER}, and within a line by {@link
 * Ready#ORDER}.
 */
interface ReadyQueue {

    /** How often, at most, what has waited for too long is made urgent. */
    long PROMOTE_MICROS = 1_000_000;

    /** How many jobs are made urgent at a time: never so many that nothing else gets its turn. */
    int PROMOTED = 100;

    /** Reads what is ready. */
    void load(Sql sql) throws SQLException;

    /** Notes, within a transaction, that a job became ready. */
    void added(Transaction transaction, Ready ready);

    /** Notes, within a transaction, that an attempt which was ready was cancelled. */
    void withdrawn(Transaction transaction, long attempt);

    /** Notes, within a transaction, that a worker got an attempt. */
    void claimed(Transaction transaction, LiveRow live);

    /** Notes, within a transaction, that an attempt which a worker had is over. */
    void ended(Transaction transaction, LiveRow live);

    /** Notes, within a transaction, that limits or weights changed. */
    void ruled(Transaction transaction) throws SQLException;

    /**
     * Picks up to {@code max} attempts that are ready, in the order in which slots are given. Until
     * the end of the transaction no other controller picks them, nor starts what the same limit is
     * for.
     *
     * @return ids; of some, another controller may have been quicker
     */
    List<Long> pick(Transaction transaction, Collection<String> pools, Set<String> labels, int max)
            throws SQLException;

    /**
     * Lists ids of attempts that are ready, in the order in which they are taken if no others come
     * and as if no limits were; those that may not be taken yet come last.
     */
    List<Long> first(Core core, int limit);

    /** Counts what waits and what runs, by pool. */
    List<PoolCount> pools(Core core);
}
