package io.headrace.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long is kept what runs leave. Zero means for ever.
 *
 * @param artifacts from their making on; of those whose pipeline says nothing about it
 * @param logs from their end on
 */
public record Retention(Duration artifacts, Duration logs) {

    /** What an installation has that says nothing about it. */
    public static final Retention DEFAULT = new Retention(Duration.ofDays(30), Duration.ofDays(90));

    /** Returns before when an artifact was made whose time is over now; null if it never is. */
    public @Nullable Instant artifactsBefore(Instant now) {
        return artifacts.isZero() ? null : now.minus(artifacts);
    }

    /** Returns before when a log ended whose time is over now; null if it never is. */
    public @Nullable Instant logsBefore(Instant now) {
        return logs.isZero() ? null : now.minus(logs);
    }
}
