package io.headrace.engine;

import io.headrace.engine.worker.BuiltInWorker;
import io.headrace.engine.worker.Workers;
import io.headrace.language.Planner;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What planning knows of the workers: first of the one in this process, and where it can't take
 * something, of all others. Any thread may ask.
 */
final class KnownWorkers implements Planner.Workers {

    private final BuiltInWorker.Profile profile;
    private final Workers all;
    private final Planner.@Nullable Offer offer;

    KnownWorkers(BuiltInWorker.Profile profile, Workers all) {
        this.profile = profile;
        this.all = all;
        this.offer = profile.slots() == 0 ? null : offer(profile.slots());
    }

    private static Planner.@Nullable Offer offer(int slots) {
        // In a container, these are the container's.
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean machine
                ? new Planner.Offer(
                        slots,
                        Runtime.getRuntime().availableProcessors(),
                        machine.getTotalMemorySize())
                : null;
    }

    @Override
    public boolean canTake(String pool, List<String> labels) {
        return profile.canTake(pool, labels)
                || all.list().stream()
                        .anyMatch(worker ->
                                worker.slots() > 0
                                        && worker.pools().contains(pool)
                                        && worker.labels().containsAll(labels));
    }

    @Override
    public Planner.@Nullable Offer offer() {
        return offer;
    }
}
