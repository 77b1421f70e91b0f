package io.headrace.store;

import io.headrace.engine.run.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What operations of one commit share: the connection, the time, and what is to happen once it is
 * certain whether they were committed. Belongs to the {@link Writer}'s thread.
 */
final class Transaction {

    private final Sql sql;
    private final Vendor vendor;
    private final ReadyQueue queue;
    private final Instant now;
    private final List<Runnable> onCommit = new ArrayList<>();
    private final List<Runnable> onRollback = new ArrayList<>();
    private final Set<RunId> changed = new HashSet<>();

    Transaction(Sql sql, Vendor vendor, ReadyQueue queue, Instant now) {
        this.sql = sql;
        this.vendor = vendor;
        this.queue = queue;
        this.now = now;
    }

    Sql sql() {
        return sql;
    }

    /** Returns what locks the row of a select until the end of the transaction. */
    String lock() {
        return vendor.lock();
    }

    /** Returns the queue, which is told of what begins and ends. */
    ReadyQueue queue() {
        return queue;
    }

    /** Likewise, but leaves out a row that another controller has locked. */
    String lockIfFree() {
        return vendor.lockIfFree();
    }

    Instant now() {
        return now;
    }

    void onCommit(Runnable effect) {
        onCommit.add(effect);
    }

    /** Effects run in reverse order. */
    void onRollback(Runnable effect) {
        onRollback.add(effect);
    }

    /** Notes that listeners are to hear of {@code run}. */
    void changed(RunId run) {
        changed.add(run);
    }

    Set<RunId> changed() {
        return changed;
    }

    void committed() {
        onCommit.forEach(Runnable::run);
    }

    void rolledBack() {
        onRollback.reversed().forEach(Runnable::run);
    }
}
