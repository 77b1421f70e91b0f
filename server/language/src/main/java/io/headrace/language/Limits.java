package io.headrace.language;

import io.headrace.language.expression.Undefined;
import java.time.Duration;

/**
 * How much a pipeline may ask for, and how much it may leave out.
 *
 * @param pipelineTime longest {@code timeout} of a pipeline
 * @param jobTime longest {@code timeout} of a job
 * @param stepTime longest {@code timeout} of a step
 * @param matrix most combinations of a matrix that doesn't say {@code max}
 * @param matrixMax most combinations that {@code max} may allow
 * @param cpus most cores that a job may ask for
 * @param memoryBytes most memory that a job may ask for
 * @param strict whether a name that is missing, and a job that waits for itself, are errors rather
 *     than warnings
 * @param undefined what becomes of variables in texts that nobody defined
 */
public record Limits(
        Duration pipelineTime,
        Duration jobTime,
        Duration stepTime,
        int matrix,
        int matrixMax,
        int cpus,
        long memoryBytes,
        boolean strict,
        Undefined undefined) {

    /** One day, one hour, half an hour, 50 and 256; 256 cores and 1 TiB; lenient. */
    public static final Limits DEFAULT =
            new Limits(
                    Duration.ofDays(1),
                    Duration.ofHours(1),
                    Duration.ofMinutes(30),
                    50,
                    256,
                    256,
                    1L << 40,
                    false,
                    Undefined.ERROR);

    /** Returns the same limits, strict or not. */
    public Limits strict(boolean whether) {
        return new Limits(
                pipelineTime,
                jobTime,
                stepTime,
                matrix,
                matrixMax,
                cpus,
                memoryBytes,
                whether,
                undefined);
    }
}
