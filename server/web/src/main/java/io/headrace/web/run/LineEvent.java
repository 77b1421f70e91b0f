package io.headrace.web.run;

import io.headrace.engine.log.LogLine;
import io.headrace.engine.log.LogStream;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a log among those of other attempts.
 *
 * @param run the run's id
 * @param job the job's name
 * @param jobId the job's id
 * @param attempt the attempt's id
 * @param n number of the line in its log, from 1
 * @param step index of the step, from 0; left out where the line belongs to the job
 * @param stepName its name; left out likewise
 * @param text may hold escape sequences that set colours; never markup
 * @param continued true where the line was too long and goes on in the next one
 */
public record LineEvent(
        String run,
        String job,
        String jobId,
        String attempt,
        long n,
        Instant time,
        LogStream stream,
        @Nullable Integer step,
        @Nullable String stepName,
        String text,
        @Nullable Boolean continued) {

    static LineEvent of(
            RunId run,
            RunDetail.Job job,
            RunDetail.Attempt attempt,
            @Nullable String stepName,
            LogLine line) {
        return new LineEvent(
                run.toString(),
                job.name(),
                job.id().toString(),
                attempt.id().toString(),
                line.number(),
                line.time(),
                line.stream(),
                line.step() == LogLine.JOB ? null : line.step(),
                stepName,
                line.text(),
                line.continued() ? true : null);
    }
}
