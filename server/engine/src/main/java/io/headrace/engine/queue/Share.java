package io.headrace.engine.queue;

import io.headrace.engine.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What a project may have of the workers.
 *
 * @param weight 1 to 1000: of two projects that both have jobs waiting, one with twice the weight
 *     gets twice the slots
 * @param maxRunning how many of its jobs run at once, in all pools and on all workers together, 1
 *     to 100,000; null means any number
 */
public record Share(int weight, @Nullable Integer maxRunning) {

    /** What a project has whose share nobody changed. */
    public static final Share DEFAULT = new Share(100, null);

    public Share {
        if (weight < 1 || weight > 1000) {
            throw Refused.invalid("'weight' is " + weight + "; use a whole number from 1 to 1000");
        }
        if (maxRunning != null && (maxRunning < 1 || maxRunning > 100_000)) {
            throw Refused.invalid(
                    "'maxRunning' is "
                            + maxRunning
                            + "; use a whole number from 1 to 100000, or leave it out for no limit");
        }
    }
}
