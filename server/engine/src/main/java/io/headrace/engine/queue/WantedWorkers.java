package io.headrace.engine.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How many workers a pool should have, so that a script or an autoscaler needs no rules of its own:
 * one for each {@link PoolRules#jobsPerWorker} jobs that wait or run, and
 *
 * <ul>
 *   <li>at most five more than at any moment of the last 60 seconds;
 *   <li>not fewer than were needed at any moment of the last 300 seconds, so that a pause between
 *       two floods stops nobody;
 *   <li>never fewer than {@link PoolRules#minWorkers} nor more than {@link PoolRules#maxWorkers}.
 * </ul>
 *
 * <p>The moments are those at which somebody asked. Any number of threads may ask.
 */
public final class WantedWorkers {

    private static final int STEP = 5;
    private static final Duration UP = Duration.ofMinutes(1);
    private static final Duration DOWN = Duration.ofMinutes(5);
    private static final Duration APART = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Map<String, Deque<Moment>> moments = new HashMap<>();

    private record Moment(Instant at, int needed, int wanted) {}

    public WantedWorkers(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Says how many workers the pool should have now.
     *
     * @param jobs that wait or run
     * @param present how many workers it has; counts where nothing was asked before
     */
    public synchronized int of(PoolRules rules, int jobs, int present) {
        var now = clock.instant();
        var past = moments.computeIfAbsent(rules.pool(), _ -> new ArrayDeque<>());
        past.removeIf(moment -> moment.at().isBefore(now.minus(DOWN)));
        if (past.isEmpty()) {
            past.add(new Moment(now.minus(APART), 0, present));
        }
        var needed = Math.ceilDiv(jobs, rules.jobsPerWorker());
        var steady = past.stream().mapToInt(Moment::needed).reduce(needed, Math::max);
        var base =
                past.stream()
                        .filter(moment -> !moment.at().isBefore(now.minus(UP)))
                        .mapToInt(Moment::wanted)
                        .min()
                        .orElseGet(() -> past.getLast().wanted());
        var wanted =
                Math.clamp(Math.min(steady, base + STEP), rules.minWorkers(), rules.maxWorkers());
        if (!past.getLast().at().isAfter(now.minus(APART))) {
            past.add(new Moment(now, needed, wanted));
        }
        return wanted;
    }
}
