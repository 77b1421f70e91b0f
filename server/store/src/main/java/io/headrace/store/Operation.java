package io.headrace.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the {@link Writer} does, all or nothing.
 *
 * <p>It may be run more than once before it is committed, so it changes nothing but the database;
 * everything else goes through {@link Transaction#onCommit}. It may throw {@link
 * io.headrace.engine.Refused} or {@link io.headrace.engine.run.StaleFence} before its first change
 * only: others of its transaction are committed all the same. Any other exception undoes it.
 */
@FunctionalInterface
interface Operation<T extends @Nullable Object> {

    T run(Transaction transaction) throws SQLException;

    /**
     * When an operation has its turn in a transaction. The order is the order in which rows are
     * locked, the same for all controllers, so that none waits for another in a circle.
     */
    enum Turn {
        /** Changes settings, accounts and the like. */
        SETTINGS,
        /** Locks a project. */
        PROJECT,
        /** Locks one run. */
        RUN,
        /** Extends leases. */
        LEASE,
        /** Takes what nobody else has locked; waits for nothing. */
        CLAIM
    }
}
