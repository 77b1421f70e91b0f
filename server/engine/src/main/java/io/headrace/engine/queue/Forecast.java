package io.headrace.engine.queue;

import io.headrace.engine.run.WaitingJob.Expected;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.PriorityQueue;

/**
 * Says when jobs start that wait for the same slots. It is asked for one job after the other, in
 * the order in which they are taken. One thread at a time.
 *
 * <p>With <i>S</i> slots, a job that runs since <i>t</i> holds its slot until <i>t</i> + its p50,
 * or until now if it takes longer than that. Each job that waits takes the slot that is free first,
 * for its p50. So the k-th job starts at
 *
 * <pre>p50(k) = the earliest end among the S slots, after jobs 1 … k−1 have taken theirs</pre>
 *
 * <p>The deviations of all jobs ahead add up as independent ones do, and spread over the slots:
 *
 * <pre>p90(k) = p50(k) + sqrt(Σ (p90ᵢ − p50ᵢ)²) / S, over the jobs i that run or are ahead of it
 * </pre>
 */
public final class Forecast {

    private final Instant now;
    private final int slots;
    private final PriorityQueue<Instant> free = new PriorityQueue<>();
    private double variance;

    /**
     * A job that runs.
     *
     * @param since when it began
     */
    public record Running(Instant since, JobTimes.Spread time) {}

    /**
     * @param slots 1 or more
     */
    public Forecast(Instant now, int slots, Collection<Running> running) {
        if (slots < 1) {
            throw new IllegalArgumentException("A forecast needs slots, not " + slots);
        }
        this.now = now;
        this.slots = slots;
        for (var job : running) {
            hold(job.since(), job.time());
        }
        // With more jobs than slots, those that end first free none.
        while (free.size() > slots) {
            free.remove();
        }
        while (free.size() < slots) {
            free.add(now);
        }
    }

    private void hold(Instant from, JobTimes.Spread time) {
        var end = from.plus(time.p50());
        free.add(end.isBefore(now) ? now : end);
        var deviation = seconds(time.p90().minus(time.p50()));
        variance += deviation * deviation;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** Says when the next job starts, which takes so long. */
    public Expected next(JobTimes.Spread time) {
        var start = free.remove();
        var late = Math.sqrt(variance) / slots;
        hold(start, time);
        return new Expected(start, start.plusNanos((long) (late * 1e9)));
    }
}
