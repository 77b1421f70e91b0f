package io.headrace.engine.plugin;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts who uses a plugin, so that its classes are taken away only when nobody does. */
final class Leases {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private int count;
    private boolean closed;

    /** Takes a lease; returns false if none are given any more. */
    boolean take() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            count++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes another lease for somebody who holds one, which is possible to the end. */
    void takeAnother() {
        lock.lock();
        try {
            count++;
        } finally {
            lock.unlock();
        }
    }

    void giveBack() {
        lock.lock();
        try {
            count--;
            if (count == 0) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives no new leases from now on. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all leases were given back; returns false if that takes longer. */
    boolean awaitIdle(Duration limit) throws InterruptedException {
        var left = limit.toNanos();
        lock.lock();
        try {
            while (count > 0) {
                if (left <= 0) {
                    return false;
                }
                left = idle.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all leases were given back, however long that takes. */
    void awaitIdle() throws InterruptedException {
        while (!awaitIdle(Duration.ofNanos(TimeUnit.DAYS.toNanos(1)))) {
            // A job may run for days.
        }
    }
}
