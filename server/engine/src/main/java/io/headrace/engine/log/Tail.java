package io.headrace.engine.log;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where a log's writer tells its followers how far it has come. It holds no lines: who wakes up
 * reads the file. A writer that nobody waits for pays one volatile write.
 */
final class Tail {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable LogState state;

    /** Users of this object; guarded by the map that holds it. */
    private int users;

    /** Whether a writer is there; guarded by the map that holds it. */
    private boolean written;

    /** Returns the last published state; null if no writer was there. */
    @Nullable LogState state() {
        return state;
    }

    void publish(LogState now) {
        state = now;
        if (waiting.get() > 0) {
            lock.lock();
            try {
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits until the state is another than {@code seen}; returns whether it is. */
    boolean awaitChange(@Nullable LogState seen, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        waiting.incrementAndGet();
        try {
            var left = patience.toNanos();
            while (Objects.equals(state, seen) && left > 0) {
                left = moved.awaitNanos(left);
            }
            return !Objects.equals(state, seen);
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    Tail use() {
        users++;
        return this;
    }

    /** Returns whether this was the last user. */
    boolean release() {
        users--;
        return users == 0;
    }

    /** Returns whether no writer was there. */
    boolean takeForWriting() {
        if (written) {
            return false;
        }
        written = true;
        state = null;
        return true;
    }

    void releaseFromWriting() {
        written = false;
    }
}
