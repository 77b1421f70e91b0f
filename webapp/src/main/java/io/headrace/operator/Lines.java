package io.headrace.operator;

import io.headrace.engine.backup.Progress;
import java.io.PrintStream;
import java.time.Duration;

/** Prints how far it is, a line a second at most. */
final class Lines implements Progress {

    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final PrintStream out;
    private long next = System.nanoTime() + PAUSE;

    Lines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void at(String part, long items) {
        var now = System.nanoTime();
        if (now - next >= 0) {
            next = now + PAUSE;
            out.printf("%s: %,d%n", part, items);
        }
    }
}
