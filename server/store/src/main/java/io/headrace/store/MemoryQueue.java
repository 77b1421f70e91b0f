package io.headrace.store;

import io.headrace.engine.queue.QueueRules;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The queue of an embedded database: each line is a sorted tree in memory, so that a claim costs
 * the same however many jobs wait.
 */
final class MemoryQueue implements ReadyQueue {

    private final QueueRules rules;
    private final Notifier notifier;
    private final Shares shares = new Shares();
    private final Map<Long, Ready> all = new HashMap<>();
    private final Map<Lane, Map<LineKey, MemoryLine>> lanes = new HashMap<>();
    private final MemoryAges ages = new MemoryAges();
    private final TreeSet<Ready> delayed = new TreeSet<>(Ready.DUE);
    private long promotedAt;

    MemoryQueue(QueueRules rules, Notifier notifier) {
        this.rules = rules;
        this.notifier = notifier;
    }

    @Override
    public void load(Sql sql) throws SQLException {
        all.clear();
        lanes.clear();
        ages.clear();
        delayed.clear();
        shares.readRules(sql);
        shares.readRunning(sql);
        var known = new HashMap<String, Lane>();
        sql.list(
                "select attempt_id, job_id, project_id, lane, priority, queued_at, created_at,"
                        + " not_before, queue_rank, urgent from live where fence is null",
                row -> {
                    add(
                            new Ready(
                                    row.number(1),
                                    row.number(2),
                                    row.number(3),
                                    known.computeIfAbsent(row.text(4), Lane::parse),
                                    row.small(5),
                                    row.number(6),
                                    row.number(7),
                                    row.number(8),
                                    row.number(9),
                                    row.flag(10)));
                    return true;
                });
    }

    private void add(Ready ready) {
        if (ready.notBefore() > 0) {
            all.put(ready.attempt(), ready);
            delayed.add(ready);
        } else {
            enter(ready);
        }
    }

    private void enter(Ready ready) {
        all.put(ready.attempt(), ready);
        line(ready).jobs().add(ready);
        ages.add(ready);
    }

    private void remove(Ready ready) {
        all.remove(ready.attempt());
        if (!delayed.remove(ready)) {
            line(ready).jobs().remove(ready);
            ages.remove(ready);
        }
    }

    private MemoryLine line(Ready ready) {
        return lanes.computeIfAbsent(ready.lane(), _ -> new HashMap<>())
                .computeIfAbsent(
                        ready.line(),
                        key ->
                                new MemoryLine(
                                        shares.member(key.lane().pool(), key.project()),
                                        key.urgent()));
    }

    @Override
    public void added(Transaction transaction, Ready ready) {
        transaction.onCommit(() -> add(ready));
    }

    @Override
    public void withdrawn(Transaction transaction, long attempt) {
        transaction.onCommit(() -> {
            var ready = all.get(attempt);
            if (ready != null) {
                remove(ready);
            }
        });
    }

    @Override
    public void claimed(Transaction transaction, LiveRow live) {
        transaction.onRollback(shares.member(live).take());
    }

    @Override
    public void ended(Transaction transaction, LiveRow live) {
        transaction.onCommit(() -> {
            var member = shares.member(live);
            member.end();
            if (member.isLimited()) {
                // Somebody else, whom the limit kept from it, may have his turn now.
                notifier.queued(Duration.ZERO);
            }
        });
    }

    @Override
    public void ruled(Transaction transaction) throws SQLException {
        shares.readRules(transaction.sql());
        transaction.onCommit(() -> notifier.queued(Duration.ZERO));
    }

    @Override
    public List<Long> pick(
            Transaction transaction, Collection<String> pools, Set<String> labels, int max)
            throws SQLException {
        release(transaction.now());
        promote(transaction);
        var lines = lines(pools, labels);
        var picked = new ArrayList<Long>();
        var taken = new ArrayDeque<Runnable>();
        while (picked.size() < max) {
            var line = Candidate.next(lines);
            if (line == null) {
                break;
            }
            var ready = line.jobs().first();
            remove(ready);
            transaction.onRollback(() -> enter(ready));
            picked.add(ready.attempt());
            taken.push(line.member().take());
            if (line.jobs().isEmpty()) {
                lines.remove(line);
            }
        }
        // Whoever claims them counts them.
        taken.forEach(Runnable::run);
        return picked;
    }

    private List<MemoryLine> lines(Collection<String> pools, Set<String> labels) {
        var suitable = new ArrayList<MemoryLine>();
        for (var lane : lanes.entrySet()) {
            if (lane.getKey().suits(pools, labels)) {
                lane.getValue().values().removeIf(line -> line.jobs().isEmpty());
                suitable.addAll(lane.getValue().values());
            }
        }
        return suitable;
    }

    /** Puts what is due into its line. */
    private void release(Instant now) {
        var micros = Times.micros(now);
        while (!delayed.isEmpty() && delayed.first().notBefore() <= micros) {
            var due = delayed.removeFirst();
            enter(due);
        }
    }

    /** Makes what has waited for too long urgent: some of it each second, the oldest first. */
    private void promote(Transaction transaction) throws SQLException {
        var now = Times.micros(transaction.now());
        if (now - promotedAt < PROMOTE_MICROS && now >= promotedAt) {
            return;
        }
        promotedAt = now;
        for (var ready : ages.before(now - Times.micros(rules.promoteAfter()), PROMOTED)) {
            transaction
                    .sql()
                    .update("update live set urgent = 1 where attempt_id = ?", ready.attempt());
            var promoted = ready.promoted();
            remove(ready);
            enter(promoted);
            transaction.onRollback(() -> {
                remove(promoted);
                enter(ready);
                promotedAt = 0;
            });
        }
    }

    @Override
    public List<Long> first(Core core, int limit) {
        return core.writer().call(Operation.Turn.CLAIM, 0, tx -> first(tx.now(), limit));
    }

    private List<Long> first(Instant now, int limit) {
        release(now);
        var lines = new ArrayList<Walk>();
        for (var lane : lanes.values()) {
            for (var line : lane.values()) {
                if (!line.jobs().isEmpty()) {
                    lines.add(new Walk(line.jobs().iterator(), line.member(), line.urgent()));
                }
            }
        }
        var first = new ArrayList<>(Walk.merge(lines, limit));
        for (var ready : delayed) {
            if (first.size() >= limit) {
                break;
            }
            first.add(ready);
        }
        return first.stream().map(Ready::attempt).toList();
    }

    @Override
    public List<PoolCount> pools(Core core) {
        return core.writer().call(Operation.Turn.CLAIM, 0, _ -> pools());
    }

    private List<PoolCount> pools() {
        var later = new HashMap<String, Integer>();
        delayed.forEach(ready -> later.merge(ready.lane().pool(), 1, Integer::sum));
        var counts = new TreeMap<String, PoolCount>();
        for (var pool : shares.pools()) {
            var queued = ages.count(pool.name()) + later.getOrDefault(pool.name(), 0);
            counts.put(
                    pool.name(),
                    new PoolCount(pool.name(), queued, pool.running(), ages.oldest(pool.name())));
        }
        return List.copyOf(counts.values());
    }
}
