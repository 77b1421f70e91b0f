package io.headrace.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who has waited longest, by pool and band, in memory. */
final class MemoryAges {

    private final Map<String, NavigableSet<Ready>> urgent = new HashMap<>();
    private final Map<String, NavigableSet<Ready>> others = new HashMap<>();

    void clear() {
        urgent.clear();
        others.clear();
    }

    private NavigableSet<Ready> of(Ready ready) {
        return (ready.urgent() ? urgent : others)
                .computeIfAbsent(ready.lane().pool(), _ -> new TreeSet<>(Ready.AGE));
    }

    void add(Ready ready) {
        of(ready).add(ready);
    }

    void remove(Ready ready) {
        of(ready).remove(ready);
    }

    int count(String pool) {
        return size(urgent.get(pool)) + size(others.get(pool));
    }

    private static int size(@Nullable NavigableSet<Ready> jobs) {
        return jobs == null ? 0 : jobs.size();
    }

    /** Returns since when the oldest waits, in microseconds, or null if none does. */
    @Nullable Long oldest(String pool) {
        return PoolCount.older(first(urgent.get(pool)), first(others.get(pool)));
    }

    private static @Nullable Long first(@Nullable NavigableSet<Ready> jobs) {
        return jobs == null || jobs.isEmpty() ? null : Long.valueOf(jobs.first().createdAt());
    }

    /** Lists those that are not urgent and wait since {@code time}, or longer; oldest first. */
    List<Ready> before(long time, int limit) {
        var found = new ArrayList<Ready>();
        for (var jobs : others.values()) {
            for (var ready : jobs) {
                if (ready.createdAt() > time || found.size() >= limit) {
                    break;
                }
                found.add(ready);
            }
        }
        return found;
    }
}
