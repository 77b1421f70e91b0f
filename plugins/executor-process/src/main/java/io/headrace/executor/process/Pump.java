package io.headrace.executor.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Carries one stream of a command to its taker, on a thread of its own. When the taker fails, the
 * rest is read and dropped, so that the command can still be ended in peace.
 */
final class Pump {

    /** Takes a chunk. */
    interface Taker {
        void take(byte[] bytes, int offset, int length);
    }

    /** Enough for most commands. */
    private static final int SMALL = 4 * 1024;

    /** What a pipe holds on Linux. */
    private static final int LARGE = 64 * 1024;

    /**
     * How long a command that prints much is let fill the pipe. Most write 4 KB at a time, and to
     * be woken for each costs more than all else; a pipe is not filled in less time by a command
     * that prints 300 MB/s.
     */
    private static final long GATHER_NANOS = 200_000;

    private final InputStream from;
    private final Taker taker;
    private final Runnable onFailure;
    private final Thread thread;
    private volatile @Nullable Throwable failure;
    private volatile boolean taking;
    private volatile boolean shut;

    private Pump(InputStream from, Taker taker, Runnable onFailure, String name) {
        this.from = from;
        this.taker = taker;
        this.onFailure = onFailure;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    static Pump start(InputStream from, Taker taker, Runnable onFailure, String name) {
        var pump = new Pump(from, taker, onFailure, name);
        pump.thread.start();
        return pump;
    }

    /** Returns what the taker threw, or null. */
    @Nullable Throwable failure() {
        return failure;
    }

    /**
     * Waits until the stream has ended and all of it was taken.
     *
     * @param idleMillis after how long without end or data the stream is given up, because
     *     something beyond our reach holds it open
     * @return whether the end was reached
     * @throws InterruptedException if interrupted; can be called again
     */
    boolean join(long idleMillis) throws InterruptedException {
        while (!thread.join(Duration.ofMillis(idleMillis))) {
            if (!taking) {
                shut = true;
                return false;
            }
        }
        return true;
    }

    /** Interrupts the taker, which may be waiting for something. */
    void interrupt() {
        thread.interrupt();
    }

    private void run() {
        var buffer = new byte[SMALL];
        try (from) {
            int length;
            while ((length = from.read(buffer)) >= 0) {
                take(buffer, length);
                if (length == SMALL && buffer.length == SMALL) {
                    buffer = new byte[LARGE];
                }
                if (buffer.length == LARGE && length < LARGE / 4) {
                    LockSupport.parkNanos(GATHER_NANOS);
                }
            }
        } catch (IOException e) {
            // A pipe's only failure is that it was closed at our end: the process is gone.
            return;
        }
    }

    private void take(byte[] buffer, int length) {
        if (failure != null || shut) {
            return;
        }
        taking = true;
        try {
            taker.take(buffer, 0, length);
        } catch (RuntimeException | Error e) {
            failure = e;
            onFailure.run();
        } finally {
            taking = false;
        }
    }
}
