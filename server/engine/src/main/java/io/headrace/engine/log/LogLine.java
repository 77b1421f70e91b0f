package io.headrace.engine.log;

import java.time.Instant;

/**
 * A line of a log.
 *
 * @param number counted from 1 over the whole log
 * @param time when the server got it
 * @param step index of the step in its job, from 0, or {@link #JOB}
 * @param text without its line end; escape sequences and carriage returns are as the command wrote
 *     them, bytes that are not UTF-8 are shown as U+FFFD
 * @param continued whether the command's line was too long and goes on in the next line of the same
 *     step and stream
 */
public record LogLine(
        long number, Instant time, LogStream stream, int step, String text, boolean continued) {

    /** Stands for the index of a step where a line belongs to the job, not to one of its steps. */
    public static final int JOB = -1;
}
