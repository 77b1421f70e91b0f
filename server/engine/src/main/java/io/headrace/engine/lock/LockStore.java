package io.headrace.engine.lock;

import io.headrace.engine.run.AttemptId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps who has a lock and who waits for it. A job that needs locks is {@code WAITING} until it has
 * all of them at once, and keeps them until it is over, over all its attempts; a run that belongs
 * to a group likewise. They are given back in the transaction that ends their owner, and given to
 * the next in line, first come first served, right after it.
 */
public interface LockStore {

    /** Lists what is held or waited for, by name. */
    List<LockView> list();

    /**
     * Gives what is free to whoever waits for it, and takes back what is held by an owner that is
     * over. Neither should ever find anything; it runs every few seconds by itself, and after each
     * change.
     *
     * @return how many were held by nobody
     */
    int reconcile();

    /**
     * Calls back, from another thread, with attempts that run although their run was cancelled for
     * a newer one of its group: they are to be stopped.
     */
    void onSuperseded(Consumer<List<AttemptId>> listener);
}
