package io.headrace.language;

import java.time.Duration;

/**
 * How much a pipeline may ask for.
 *
 * @param pipelineTime longest {@code timeout} of a pipeline
 * @param jobTime longest {@code timeout} of a job
 * @param stepTime longest {@code timeout} of a step
 * @param matrix most combinations of a matrix that doesn't say {@code max}
 * @param matrixMax most combinations that {@code max} may allow
 */
public record Limits(
        Duration pipelineTime, Duration jobTime, Duration stepTime, int matrix, int matrixMax) {

    /** One day, one hour, half an hour, 50 and 256. */
    public static final Limits DEFAULT =
            new Limits(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(30), 50, 256);
}
