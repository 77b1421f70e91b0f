package io.headrace.engine.worker;

import io.headrace.api.Execution;
import org.jspecify.annotations.Nullable;

/**
 * The one way to stop an attempt from outside: remembers why, and interrupts its thread. The first
 * cause wins.
 */
final class Interruption {

    private @Nullable Cause cause;
    private @Nullable Thread thread;
    private @Nullable Execution execution;

    /** Why an attempt is stopped. */
    enum Cause {
        /** Somebody cancelled the run. */
        CANCELLED,
        /** The lease is gone: another worker may have the job, so nothing is to be reported. */
        LOST,
        /** The job's own time limit was reached. */
        TIMED_OUT,
        /** The server stops; the job is to be run again. */
        SHUT_DOWN
    }

    /**
     * Makes the calling thread the one that is interrupted, at once if that was asked for before.
     */
    synchronized void attach() {
        thread = Thread.currentThread();
        if (cause != null) {
            thread.interrupt();
        }
    }

    /** Ends that, and clears an interrupt that arrived too late. */
    synchronized void detach() {
        thread = null;
        Thread.interrupted();
    }

    synchronized void during(@Nullable Execution execution) {
        this.execution = execution;
    }

    void stop(Cause why) {
        Execution running;
        synchronized (this) {
            if (cause != null) {
                return;
            }
            cause = why;
            running = execution;
            if (thread != null) {
                thread.interrupt();
            }
        }
        if (running != null) {
            running.stop();
        }
    }

    synchronized @Nullable Cause cause() {
        return cause;
    }
}
