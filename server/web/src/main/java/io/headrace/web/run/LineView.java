package io.headrace.web.run;

import io.headrace.engine.log.LogLine;
import io.headrace.engine.log.LogStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a log.
 *
 * @param n number of the line in its log, from 1
 * @param step index of the step, from 0; left out where the line belongs to the job
 * @param text may hold escape sequences that set colours; never markup
 * @param continued true where the line was too long and goes on in the next one
 */
public record LineView(
        long n,
        Instant time,
        LogStream stream,
        @Nullable Integer step,
        String text,
        @Nullable Boolean continued) {

    static LineView of(LogLine line) {
        return new LineView(
                line.number(),
                line.time(),
                line.stream(),
                line.step() == LogLine.JOB ? null : line.step(),
                line.text(),
                line.continued() ? true : null);
    }
}
