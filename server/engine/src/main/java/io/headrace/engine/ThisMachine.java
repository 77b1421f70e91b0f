package io.headrace.engine;

import io.headrace.engine.worker.BuiltInWorker;
import io.headrace.language.Planner;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What planning knows of the workers: the built-in one is all there is. Any thread may ask. */
final class ThisMachine implements Planner.Workers {

    private final BuiltInWorker.Profile profile;
    private final Planner.@Nullable Offer offer;

    ThisMachine(BuiltInWorker.Profile profile) {
        this.profile = profile;
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
        return profile.canTake(pool, labels);
    }

    @Override
    public Planner.@Nullable Offer offer() {
        return offer;
    }
}
