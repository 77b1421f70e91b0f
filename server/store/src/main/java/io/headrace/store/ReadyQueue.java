package io.headrace.store;

import io.headrace.engine.run.RunStore;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Finds the next jobs among those that are ready. The truth is the table {@code live}; Derby's
 * queue is a copy of it in memory, PostgreSQL's an index. Belongs to the writer's thread.
 */
interface ReadyQueue {

    /** Reads what is ready. */
    void load(Sql sql) throws SQLException;

    /** Notes, within a transaction, that a job became ready. */
    void added(Transaction transaction, Ready ready);

    /** Notes, within a transaction, that a job which was ready was taken or cancelled. */
    void removed(Transaction transaction, Lane lane);

    /**
     * Picks up to {@code max} attempts that are ready, highest priority first, then oldest first.
     * Until the end of the transaction no other controller picks them.
     *
     * @return ids; of some, another controller may have been quicker
     */
    List<Long> pick(Transaction transaction, Collection<String> pools, Set<String> labels, int max)
            throws SQLException;

    /** Lists ids of attempts that are ready, in the order in which they are taken. */
    List<Long> first(Transaction transaction, int limit) throws SQLException;

    RunStore.Depth depth(Transaction transaction) throws SQLException;
}
