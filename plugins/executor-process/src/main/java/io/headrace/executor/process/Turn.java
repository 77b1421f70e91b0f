package io.headrace.executor.process;

import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Knows the thread that runs a command now, so that others can interrupt it without ever hitting it
 * after its turn.
 */
final class Turn {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private @Nullable Thread runner;
    private boolean interrupted;
    private boolean closed;

    /**
     * @throws ExecutionException if closed
     * @throws IllegalStateException if another thread is at it
     */
    void begin() throws ExecutionException {
        lock.lock();
        try {
            if (closed) {
                throw closedAlready();
            }
            if (runner != null) {
                throw new IllegalStateException("Another command of this execution is running");
            }
            runner = Thread.currentThread();
            interrupted = false;
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            runner = null;
            if (interrupted) {
                // Ours, and it came too late to be noticed.
                Thread.interrupted();
            }
            over.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void interrupt() {
        lock.lock();
        try {
            if (runner != null) {
                interrupted = true;
                runner.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets nobody begin any more, interrupts who is at it, and waits for the end.
     *
     * @return whether this call closed it
     */
    boolean close() {
        lock.lock();
        try {
            var first = !closed;
            closed = true;
            interrupt();
            while (runner != null && !runner.equals(Thread.currentThread())) {
                over.awaitUninterruptibly();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    static ExecutionException closedAlready() {
        return new ExecutionException(Kind.LOST, "The execution is closed");
    }
}
