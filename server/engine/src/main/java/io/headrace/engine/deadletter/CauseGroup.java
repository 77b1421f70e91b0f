package io.headrace.engine.deadletter;

import io.headrace.engine.retry.Failure;
import java.time.Instant;

/**
 * Open dead letters with the same cause.
 *
 * @param jobs how many
 * @param projects how many projects have some of them
 */
public record CauseGroup(
        String causeKey,
        String cause,
        Failure failure,
        int jobs,
        int projects,
        Instant oldest,
        Instant newest) {}
