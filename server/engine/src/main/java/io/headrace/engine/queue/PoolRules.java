package io.headrace.engine.queue;

import io.headrace.engine.Refused;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is set for a pool.
 *
 * @param pool its name: 1 to 100 letters, digits, {@code .}, {@code _} and {@code -}
 * @param maxRunning how many jobs run in it at once, of all projects and on all workers together, 1
 *     to 100,000; null means as many as there are slots
 * @param jobsPerWorker for how many waiting jobs one worker is wanted, 1 to 10,000
 * @param minWorkers how many workers are wanted at least, 0 to 10,000
 * @param maxWorkers how many workers are wanted at most, {@code minWorkers} to 10,000
 */
public record PoolRules(
        String pool,
        @Nullable Integer maxRunning,
        int jobsPerWorker,
        int minWorkers,
        int maxWorkers) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public PoolRules {
        if (!NAME.matcher(pool).matches()) {
            throw Refused.invalid(
                    "That can't be a pool's name; use up to 100 letters, digits, '.', '_' and '-', beginning with a letter or digit");
        }
        if (maxRunning != null) {
            check("maxRunning", maxRunning, 1, 100_000);
        }
        check("jobsPerWorker", jobsPerWorker, 1, 10_000);
        check("minWorkers", minWorkers, 0, 10_000);
        check("maxWorkers", maxWorkers, minWorkers, 10_000);
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw Refused.invalid(
                    "'%s' is %d; use a whole number from %d to %d"
                            .formatted(name, value, min, max));
        }
    }

    /** Returns what holds for a pool for which nothing is set. */
    public static PoolRules standard(String pool) {
        return switch (pool) {
            case "discovery" -> new PoolRules(pool, null, 5, 1, 5);
            case "artifact" -> new PoolRules(pool, null, 2, 1, 10);
            case "release" -> new PoolRules(pool, null, 3, 1, 10);
            default -> new PoolRules(pool, null, 2, 2, 20);
        };
    }

    public PoolRules withMaxRunning(@Nullable Integer max) {
        return new PoolRules(pool, max, jobsPerWorker, minWorkers, maxWorkers);
    }
}
