package io.headrace.engine.queue;

import io.headrace.engine.project.ProjectId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long jobs take, as far as their history tells. Immutable. */
public final class JobTimes {

    private final Map<Object, Spread> spreads = new HashMap<>();

    /**
     * How long something takes.
     *
     * @param p50 half of them took no longer
     * @param p90 nine of ten took no longer
     */
    public record Spread(Duration p50, Duration p90) {}

    private record OfJob(ProjectId project, String job) {}

    private record OfPool(String pool) {}

    public JobTimes(Collection<QueueStore.Took> history) {
        var times = new HashMap<Object, List<Duration>>();
        for (var took : history) {
            for (var key : keys(took.project(), took.job(), took.pool())) {
                times.computeIfAbsent(key, _ -> new ArrayList<>()).add(took.time());
            }
        }
        times.forEach((key, all) -> spreads.put(key, spread(all)));
    }

    private static List<Object> keys(ProjectId project, String job, String pool) {
        return List.of(new OfJob(project, job), project, new OfPool(pool));
    }

    private static Spread spread(List<Duration> times) {
        times.sort(null);
        return new Spread(quantile(times, 0.5), quantile(times, 0.9));
    }

    /** Returns the smallest of {@code sorted} that so many are not larger than. */
    private static Duration quantile(List<Duration> sorted, double part) {
        var index = (int) Math.ceil(part * sorted.size()) - 1;
        var time = sorted.get(Math.max(0, index));
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** Returns how long jobs of a pool take, or null if there is no history. */
    public @Nullable Spread of(String pool) {
        return spreads.get(new OfPool(pool));
    }

    /**
     * Returns how long a job takes, from what is nearest to it: jobs of the same name in its
     * project, else all of its project, else all of its pool.
     *
     * @return null if there is no history
     */
    public @Nullable Spread of(ProjectId project, String job, String pool) {
        for (var key : keys(project, job, pool)) {
            var spread = spreads.get(key);
            if (spread != null) {
                return spread;
            }
        }
        return null;
    }
}
