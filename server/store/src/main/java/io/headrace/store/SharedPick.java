package io.headrace.store;

import io.headrace.store.SharedLines.Line;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One worker's turn at the shared queue. First it is decided, from what is known, who gets how
 * many; then just these are read and locked. If there was less than thought, what is left is
 * decided again.
 */
final class SharedPick {

    private static final String TAKE =
            "select j.attempt_id, j.job_id, j.queue_rank, l.lane, l.urgent, l.project_id"
                    + " from unnest(?, ?, ?, ?) as l (lane, urgent, project_id, most)"
                    + " cross join lateral (select attempt_id, job_id, queue_rank from live"
                    + " where live.lane = l.lane and live.urgent = l.urgent"
                    + " and live.project_id = l.project_id and fence is null and not_before <= ?"
                    + " order by queue_rank, job_id limit l.most for update skip locked) j"
                    + " order by j.queue_rank, j.job_id";

    private final Transaction transaction;
    private final SharedLines lines;
    private final List<Line> suitable;
    private final Set<Long> lockedProjects = new HashSet<>();
    private final Set<String> lockedPools = new HashSet<>();
    private final Set<Long> picked = new HashSet<>();
    private final List<Long> result = new ArrayList<>();
    private final Map<Line, Integer> takenOf = new HashMap<>();
    private final List<Shares.Member> given = new ArrayList<>();
    private final Deque<Runnable> takeBack = new ArrayDeque<>();

    /** The lines of one project in one pool and band, of which the best are taken. */
    private static final class Group implements Candidate {

        private final List<Line> lines = new ArrayList<>();
        private int wanted;

        private Line head() {
            return Candidate.first(lines);
        }

        @Override
        public boolean urgent() {
            return lines.getFirst().urgent();
        }

        @Override
        public Shares.Member member() {
            return lines.getFirst().member();
        }

        @Override
        public long rank() {
            return head().rank();
        }

        @Override
        public long job() {
            return head().job();
        }
    }

    private record Key(Shares.Member member, boolean urgent) {

        private static Key of(Line line) {
            return new Key(line.member(), line.urgent());
        }
    }

    private record Found(long attempt, long job, long rank, LineKey line) {}

    SharedPick(
            Transaction transaction,
            SharedLines lines,
            Collection<String> pools,
            Set<String> labels) {
        this.transaction = transaction;
        this.lines = lines;
        this.suitable = lines.suitable(pools, labels);
    }

    List<Long> pick(int max) throws SQLException {
        try {
            while (result.size() < max) {
                var groups = decide(max - result.size());
                if (groups.isEmpty()) {
                    break;
                }
                if (!lockedAnew(groups)) {
                    take(groups);
                }
            }
            return result;
        } finally {
            // Whoever claims them counts them.
            giveBack();
        }
    }

    private void giveBack() {
        takeBack.forEach(Runnable::run);
        takeBack.clear();
    }

    /** Decides who gets how many of the next slots; those of one band only. */
    private Collection<Group> decide(int slots) {
        var groups = new LinkedHashMap<Key, Group>();
        for (var line : suitable) {
            groups.computeIfAbsent(Key.of(line), _ -> new Group()).lines.add(line);
        }
        var wanting = new LinkedHashMap<Group, Boolean>();
        var trial = new ArrayDeque<Runnable>();
        for (var slot = 0; slot < slots; slot++) {
            var next = Candidate.next(groups.values());
            if (next == null
                    || (!wanting.isEmpty()
                            && next.urgent() != wanting.firstEntry().getKey().urgent())) {
                break;
            }
            next.wanted++;
            wanting.put(next, true);
            trial.push(next.member().take());
        }
        trial.forEach(Runnable::run);
        return wanting.keySet();
    }

    /**
     * Locks the limits of those who get slots, so that no other controller gives slots under them
     * meanwhile, and counts what runs under them now. Whose limit somebody else has locked is out.
     *
     * @return whether there is something new to decide by
     */
    private boolean lockedAnew(Collection<Group> groups) throws SQLException {
        var projects = new HashSet<Long>();
        var pools = new HashSet<String>();
        for (var group : groups) {
            var member = group.member();
            if (member.share().maxRunning() != null) {
                projects.add(member.project());
            }
            if (member.pool().limit() != null) {
                pools.add(member.pool().name());
            }
        }
        projects.removeAll(lockedProjects);
        pools.removeAll(lockedPools);
        if (projects.isEmpty() && pools.isEmpty()) {
            return false;
        }
        var sql = transaction.sql();
        if (!projects.isEmpty()) {
            lockedProjects.addAll(
                    sql.list(
                            "select project_id from project_share where project_id = any(?)"
                                    + " for update skip locked",
                            row -> row.number(1),
                            sql.connection().createArrayOf("int8", projects.toArray())));
        }
        if (!pools.isEmpty()) {
            lockedPools.addAll(
                    sql.list(
                            "select name from pool_rule where name = any(?) for update skip locked",
                            row -> row.text(1),
                            sql.connection().createArrayOf("text", pools.toArray())));
        }
        suitable.removeIf(line -> {
            var member = line.member();
            return (projects.contains(member.project())
                            && !lockedProjects.contains(member.project()))
                    || (pools.contains(member.pool().name())
                            && !lockedPools.contains(member.pool().name()));
        });
        giveBack();
        lines.shares().readRules(sql);
        lines.shares().readRunning(sql);
        given.forEach(member -> takeBack.push(member.take()));
        return true;
    }

    private void take(Collection<Group> groups) throws SQLException {
        var asked = new HashMap<LineKey, Line>();
        var most = new HashMap<Line, Integer>();
        for (var group : groups) {
            for (var line : group.lines) {
                asked.put(line.key(), line);
                // What is taken already is found again.
                most.put(line, group.wanted + takenOf.getOrDefault(line, 0));
            }
        }
        var sql = transaction.sql();
        var found =
                sql.list(
                        TAKE,
                        row ->
                                new Found(
                                        row.number(1),
                                        row.number(2),
                                        row.number(3),
                                        new LineKey(
                                                lines.lane(row.text(4)),
                                                row.flag(5),
                                                row.number(6))),
                        SharedLines.arrays(
                                sql,
                                List.copyOf(most.keySet()),
                                line -> most.getOrDefault(line, 0),
                                transaction.now()));
        var left = new HashMap<Key, Integer>();
        groups.forEach(group -> left.put(Key.of(group.head()), group.wanted));
        var seen = new HashMap<Line, Integer>();
        for (var one : found) {
            var line = asked.get(one.line());
            if (line == null) {
                continue;
            }
            seen.merge(line, 1, Integer::sum);
            var key = Key.of(line);
            if (!picked.contains(one.attempt()) && left.getOrDefault(key, 0) > 0) {
                left.merge(key, -1, Integer::sum);
                picked.add(one.attempt());
                result.add(one.attempt());
                takenOf.merge(line, 1, Integer::sum);
                given.add(line.member());
                takeBack.push(line.member().take());
                line.at(one.rank(), one.job());
            }
        }
        for (var line : asked.values()) {
            int there = seen.getOrDefault(line, 0);
            // What is there and was not taken, because another line had better, is for later.
            if (there < most.getOrDefault(line, 0) && there == takenOf.getOrDefault(line, 0)) {
                suitable.remove(line);
                lines.forget(line);
            }
        }
    }
}
