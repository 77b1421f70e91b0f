package io.headrace.engine.worker;

import io.headrace.api.ExecutionException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Interrupts the calling thread when a call takes too long, and never after it. */
final class TimeLimit {

    private final Thread thread = Thread.currentThread();
    private boolean over;
    private boolean reached;

    /** A call that may be interrupted. */
    interface Call {
        int run() throws ExecutionException, InterruptedException;
    }

    /**
     * What came of a call.
     *
     * @param exitCode meaningless if it timed out
     */
    record Result(int exitCode, boolean timedOut) {}

    private TimeLimit() {}

    static Result run(ScheduledExecutorService timer, Duration limit, Call call)
            throws ExecutionException, InterruptedException {
        var guard = new TimeLimit();
        var alarm = timer.schedule(guard::alarm, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            var exitCode = call.run();
            return new Result(exitCode, guard.end());
        } catch (InterruptedException e) {
            if (guard.end()) {
                return new Result(0, true);
            }
            throw e;
        } finally {
            guard.end();
            alarm.cancel(false);
        }
    }

    private synchronized void alarm() {
        if (!over) {
            reached = true;
            thread.interrupt();
        }
    }

    /** Returns whether the limit was reached; the interrupt that came of it is cleared. */
    private synchronized boolean end() {
        if (!over && reached) {
            Thread.interrupted();
        }
        over = true;
        return reached;
    }
}
