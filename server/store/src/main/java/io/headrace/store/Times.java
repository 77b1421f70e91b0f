package io.headrace.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Turns times into microseconds since 1970, which is how both databases keep them, and back. */
final class Times {

    private static final long MICROS = 1_000_000L;

    private Times() {}

    static long micros(Instant time) {
        return time.getEpochSecond() * MICROS + time.getNano() / 1000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }

    /** Returns microseconds; durations beyond 290,000 years count as that. */
    static long micros(Duration duration) {
        return duration.getSeconds() > Long.MAX_VALUE / MICROS / 2
                ? Long.MAX_VALUE / 2
                : duration.getSeconds() * MICROS + duration.getNano() / 1000;
    }

    /** Returns {@code time} as a database gives it back. */
    static Instant kept(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns the later one of two times. */
    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
