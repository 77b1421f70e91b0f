package io.headrace.engine.run;

import io.headrace.engine.retry.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A try of a step that failed and was followed by another.
 *
 * @param number counted from 1
 * @param exitCode or null if a time limit ended it
 * @param reason in words
 * @param took how long it ran
 * @param delay before the next try
 */
public record StepTry(
        int number,
        @Nullable Integer exitCode,
        String reason,
        Failure failure,
        Duration took,
        Duration delay) {}
