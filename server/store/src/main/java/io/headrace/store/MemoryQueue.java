package io.headrace.store;

import io.headrace.engine.run.RunStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queue of an embedded database: a heap for each lane, in memory, so that a claim costs the
 * same however many jobs wait. What was cancelled stays in its heap until it is its turn; the claim
 * finds that it is gone.
 */
final class MemoryQueue implements ReadyQueue {

    private static final Comparator<Ready> DUE = Comparator.comparingLong(Ready::notBefore);

    private final Map<Lane, PriorityQueue<Ready>> lanes = new HashMap<>();
    private final PriorityQueue<Ready> delayed = new PriorityQueue<>(DUE);
    private int queued;

    @Override
    public void load(Sql sql) throws SQLException {
        lanes.clear();
        delayed.clear();
        queued = 0;
        var known = new HashMap<String, Lane>();
        var all =
                sql.list(
                        "select attempt_id, job_id, lane, priority, queued_at, created_at,"
                                + " not_before from live where fence is null",
                        row ->
                                new Ready(
                                        row.number(1),
                                        row.number(2),
                                        known.computeIfAbsent(row.text(3), Lane::parse),
                                        row.small(4),
                                        row.number(5),
                                        row.number(6),
                                        row.number(7)));
        all.forEach(this::add);
        queued = all.size();
    }

    private void add(Ready ready) {
        if (ready.notBefore() > 0) {
            delayed.add(ready);
        } else {
            lanes.computeIfAbsent(ready.lane(), _ -> new PriorityQueue<>(Ready.ORDER)).add(ready);
        }
    }

    @Override
    public void added(Transaction transaction, Ready ready) {
        transaction.onCommit(() -> {
            add(ready);
            queued++;
        });
    }

    @Override
    public void removed(Transaction transaction, Lane lane) {
        transaction.onCommit(() -> queued--);
    }

    @Override
    public List<Long> pick(
            Transaction transaction, Collection<String> pools, Set<String> labels, int max) {
        release(transaction.now());
        var suitable =
                lanes.entrySet().stream()
                        .filter(lane -> lane.getKey().suits(pools, labels))
                        .map(Map.Entry::getValue)
                        .toList();
        var picked = new ArrayList<Long>();
        while (picked.size() < max) {
            var heap = best(suitable);
            if (heap == null) {
                break;
            }
            var ready = heap.remove();
            transaction.onRollback(() -> heap.add(ready));
            picked.add(ready.attempt());
        }
        return picked;
    }

    private static @Nullable PriorityQueue<Ready> best(List<PriorityQueue<Ready>> heaps) {
        PriorityQueue<Ready> best = null;
        for (var heap : heaps) {
            if (!heap.isEmpty()
                    && (best == null || Ready.ORDER.compare(heap.element(), best.element()) < 0)) {
                best = heap;
            }
        }
        return best;
    }

    /** Puts what is due into its lane. */
    private void release(Instant now) {
        var micros = Times.micros(now);
        while (!delayed.isEmpty() && delayed.element().notBefore() <= micros) {
            var due = delayed.remove();
            lanes.computeIfAbsent(due.lane(), _ -> new PriorityQueue<>(Ready.ORDER)).add(due);
        }
    }

    @Override
    public List<Long> first(Transaction transaction, int wanted) {
        release(transaction.now());
        // What was cancelled is still among them.
        var limit = wanted + cancelled();
        var first = new ArrayList<Ready>();
        for (var heap : lanes.values()) {
            first.addAll(smallest(heap, limit, Ready.ORDER));
            first.sort(Ready.ORDER);
            first.subList(Math.min(limit, first.size()), first.size()).clear();
        }
        first.addAll(smallest(delayed, limit - first.size(), DUE));
        return first.stream().map(Ready::attempt).toList();
    }

    private int cancelled() {
        return delayed.size()
                + lanes.values().stream().mapToInt(PriorityQueue::size).sum()
                - queued;
    }

    /** Returns the first {@code limit} of a heap without sorting all of it. */
    private static List<Ready> smallest(
            PriorityQueue<Ready> heap, int limit, Comparator<Ready> order) {
        if (limit <= 0) {
            return List.of();
        }
        var largestFirst = new PriorityQueue<>(order.reversed());
        for (var ready : heap) {
            if (largestFirst.size() < limit) {
                largestFirst.add(ready);
            } else if (order.compare(ready, largestFirst.element()) < 0) {
                largestFirst.remove();
                largestFirst.add(ready);
            }
        }
        return largestFirst.stream().sorted(order).toList();
    }

    @Override
    public RunStore.Depth depth(Transaction transaction) throws SQLException {
        var sql = transaction.sql();
        var running = sql.first(LiveRow.COUNT_RUNNING, row -> row.small(1)).orElse(0);
        var oldest =
                lanes.values().stream()
                        .flatMap(Collection::stream)
                        .mapToLong(Ready::createdAt)
                        .min();
        return new RunStore.Depth(
                queued,
                running,
                queued == 0 || oldest.isEmpty() ? null : Times.instant(oldest.getAsLong()));
    }
}
