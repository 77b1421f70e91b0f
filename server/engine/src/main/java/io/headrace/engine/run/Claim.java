package io.headrace.engine.run;

import io.headrace.engine.project.ProjectId;
import java.time.Instant;

/**
 * A worker's right to an attempt, for a time.
 *
 * @param key the job's id in the plan
 * @param fence goes with each report; a report with another fence is refused
 * @param number of the attempt, counted from 1
 * @param needsFailed whether a job that this one needs failed; only jobs with a deferred condition
 *     get that far
 * @param leaseUntil by the database's clock
 */
public record Claim(
        AttemptId attempt,
        JobId job,
        RunId run,
        ProjectId project,
        String key,
        long fence,
        int number,
        boolean needsFailed,
        Instant leaseUntil) {}
