package io.headrace.store;

import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import io.headrace.engine.run.AttemptId;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at locks after each commit that changed one, and at all of them now and then: what another
 * controller was about to do when it died is done by the next one that looks. A thread of its own.
 */
final class LockDesk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LockDesk.class);
    private static final long ALL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Duration AGAIN = Duration.ofMillis(20);

    private final List<Consumer<List<AttemptId>>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Set<String> changed = new LinkedHashSet<>();
    private boolean closed;
    private @Nullable Thread thread;

    /** What is done at the desk. */
    interface Work {

        /**
         * Looks at one lock.
         *
         * @param stopped is told of attempts that are to be stopped
         * @return whether to look again soon
         */
        boolean look(String key, Consumer<List<AttemptId>> stopped);

        /** Looks at all locks; returns how many were held by nobody. */
        int reconcile(Consumer<String> key);
    }

    /** Begins; called once. */
    void start(Work work) {
        thread = Thread.ofVirtual().name("headrace-store-locks").start(() -> attend(work));
    }

    void onSuperseded(Consumer<List<AttemptId>> listener) {
        listeners.add(listener);
    }

    /** Has the desk look at some locks soon. */
    void changed(Collection<String> keys) {
        lock.lock();
        try {
            changed.addAll(keys);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void attend(Work work) {
        var all = System.nanoTime();
        while (true) {
            Set<String> keys;
            try {
                keys = next(all);
            } catch (InterruptedException e) {
                return;
            }
            if (keys == null) {
                return;
            }
            if (System.nanoTime() - all >= 0) {
                keys.addAll(everything(work));
                all = System.nanoTime() + ALL_EVERY_NANOS;
            }
            for (var key : keys) {
                look(work, key);
            }
        }
    }

    /** Waits for the next keys, or until all are due; null when it is closed. */
    private @Nullable Set<String> next(long all) throws InterruptedException {
        lock.lock();
        try {
            while (!closed && changed.isEmpty()) {
                var left = all - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                news.awaitNanos(left);
            }
            if (closed) {
                return null;
            }
            var keys = changed;
            changed = new LinkedHashSet<>();
            return keys;
        } finally {
            lock.unlock();
        }
    }

    private Set<String> everything(Work work) {
        var keys = new LinkedHashSet<String>();
        try {
            var leaked = work.reconcile(keys::add);
            if (leaked > 0) {
                LOG.error("{} locks were held by nobody, and are free now", leaked);
            }
        } catch (StoreException | Refused e) {
            LOG.info("The locks can't be looked through just now: {}", e.getMessage());
        }
        return keys;
    }

    private void look(Work work, String key) {
        try {
            if (work.look(key, this::tell)) {
                Thread.sleep(AGAIN);
                changed(List.of(key));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreException | Refused e) {
            // The look at all of them makes it good.
            LOG.info("A lock can't be given just now: {}", e.getMessage());
        }
    }

    private void tell(List<AttemptId> attempts) {
        for (var listener : listeners) {
            try {
                listener.accept(attempts);
            } catch (RuntimeException e) {
                LOG.error("A listener to superseded runs failed", e);
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        var attending = thread;
        if (attending != null) {
            Threads.join(attending);
        }
    }
}
