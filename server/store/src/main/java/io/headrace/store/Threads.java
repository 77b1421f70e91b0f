package io.headrace.store;

/** Waits for threads. */
final class Threads {

    private Threads() {}

    /** Waits for the end of {@code thread}, also while interrupted; the interrupt is kept. */
    static void join(Thread thread) {
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
