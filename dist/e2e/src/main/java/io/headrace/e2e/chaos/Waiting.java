package io.headrace.e2e.chaos;

import java.time.Duration;

/** Lets time pass. */
final class Waiting {

    private Waiting() {}

    /** Something that becomes true. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits; an interrupt ends the trial. */
    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The trial was interrupted", e);
        }
    }

    /** Waits until something holds; what it throws means that it does not yet. */
    static boolean until(Duration patience, Condition condition) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                if (condition.holds()) {
                    return true;
                }
            } catch (Exception e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("The trial was interrupted", e);
                }
            }
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause(200);
        }
    }
}
