package io.headrace.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of the lines in which jobs wait, and of who runs what. One thread at a time. */
final class SharedLines {

    /** Goes from line to line through the index, and looks at the first of each that is due. */
    private static final String LINES =
            "with recursive s (lane, urgent, project_id) as ("
                    + "(select lane, urgent, project_id from live where fence is null"
                    + " order by lane, urgent, project_id limit 1)"
                    + " union all select n.lane, n.urgent, n.project_id from s cross join lateral ("
                    + "select lane, urgent, project_id from live where fence is null"
                    + " and (lane, urgent, project_id) > (s.lane, s.urgent, s.project_id)"
                    + " order by lane, urgent, project_id limit 1) n)"
                    + " select s.lane, s.urgent, s.project_id, h.queue_rank, h.job_id"
                    + " from s cross join lateral (select queue_rank, job_id from live"
                    + " where live.lane = s.lane and live.urgent = s.urgent"
                    + " and live.project_id = s.project_id and fence is null and not_before <= ?"
                    + " order by queue_rank, job_id limit 1) h";

    private static final String FIRST =
            "select j.attempt_id, j.job_id, l.project_id, l.lane, l.urgent, j.queue_rank"
                    + " from unnest(?, ?, ?, ?) as l (lane, urgent, project_id, most)"
                    + " cross join lateral (select attempt_id, job_id, queue_rank from live"
                    + " where live.lane = l.lane and live.urgent = l.urgent"
                    + " and live.project_id = l.project_id and fence is null and not_before <= ?"
                    + " order by queue_rank, job_id limit l.most) j"
                    + " order by j.queue_rank, j.job_id";

    /** So many jobs are looked at for a list: with many lines, few of each are enough. */
    private static final int MOST_ROWS = 20_000;

    private final Shares shares;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Map<Lane, Map<LineKey, Line>> lines = new HashMap<>();

    /** A line, and what was last seen at its head. */
    static final class Line implements Candidate {

        private final LineKey key;
        private final Shares.Member member;
        private long rank;
        private long job;

        private Line(LineKey key, Shares.Member member, long rank, long job) {
            this.key = key;
            this.member = member;
            this.rank = rank;
            this.job = job;
        }

        LineKey key() {
            return key;
        }

        @Override
        public boolean urgent() {
            return key.urgent();
        }

        @Override
        public Shares.Member member() {
            return member;
        }

        @Override
        public long rank() {
            return rank;
        }

        @Override
        public long job() {
            return job;
        }

        /** Notes what is at its head, or was there. */
        void at(long headRank, long headJob) {
            rank = headRank;
            job = headJob;
        }
    }

    SharedLines(Shares shares) {
        this.shares = shares;
    }

    Shares shares() {
        return shares;
    }

    void read(Sql sql, Instant now) throws SQLException {
        shares.readRules(sql);
        shares.readRunning(sql);
        lines.clear();
        sql.list(
                LINES,
                row -> {
                    note(
                            new LineKey(lane(row.text(1)), row.flag(2), row.number(3)),
                            row.number(4),
                            row.number(5));
                    return true;
                },
                now);
        lanes.values().retainAll(lines.keySet());
    }

    Lane lane(String text) {
        return lanes.computeIfAbsent(text, Lane::parse);
    }

    /** Takes note of a job that became ready. */
    void added(Ready ready) {
        if (ready.notBefore() == 0) {
            note(ready.line(), ready.rank(), ready.job());
        }
    }

    private void note(LineKey key, long rank, long job) {
        var ofLane = lines.computeIfAbsent(key.lane(), _ -> new HashMap<>());
        var line = ofLane.get(key);
        if (line == null) {
            var member = shares.member(key.lane().pool(), key.project());
            ofLane.put(key, new Line(key, member, rank, job));
        } else if (rank < line.rank || (rank == line.rank && job < line.job)) {
            line.at(rank, job);
        }
    }

    /** Lists lines that a worker can take from. */
    List<Line> suitable(Collection<String> pools, Set<String> labels) {
        var suitable = new ArrayList<Line>();
        for (var lane : lines.entrySet()) {
            if (lane.getKey().suits(pools, labels)) {
                suitable.addAll(lane.getValue().values());
            }
        }
        return suitable;
    }

    /** Forgets a line in which nothing is left, as far as can be seen. */
    void forget(Line line) {
        var ofLane = lines.get(line.key.lane());
        if (ofLane != null) {
            ofLane.remove(line.key);
        }
    }

    /** Lists what is taken first, if there were no limits; what is not due yet comes last. */
    List<Long> first(Sql sql, Instant now, int limit) throws SQLException {
        var walks = new ArrayList<Walk>();
        var all = lines.values().stream().flatMap(lane -> lane.values().stream()).toList();
        var found = new HashMap<LineKey, List<Ready>>();
        if (!all.isEmpty()) {
            for (var ready : first(sql, now, all, limit)) {
                found.computeIfAbsent(ready.line(), _ -> new ArrayList<>()).add(ready);
            }
        }
        for (var line : all) {
            Iterator<Ready> jobs = found.getOrDefault(line.key, List.of()).iterator();
            if (jobs.hasNext()) {
                walks.add(new Walk(jobs, line.member, line.urgent()));
            }
        }
        var first = new ArrayList<Long>();
        Walk.merge(walks, limit).forEach(ready -> first.add(ready.attempt()));
        if (first.size() < limit) {
            first.addAll(
                    sql.list(
                            "select attempt_id from live where fence is null and not_before > ?"
                                    + " order by not_before, attempt_id limit ?",
                            row -> row.number(1),
                            now,
                            limit - first.size()));
        }
        return first;
    }

    private List<Ready> first(Sql sql, Instant now, List<Line> all, int limit) throws SQLException {
        var most = Math.min(limit, Math.max(10, MOST_ROWS / all.size()));
        return sql.list(
                FIRST,
                row ->
                        new Ready(
                                row.number(1),
                                row.number(2),
                                row.number(3),
                                lane(row.text(4)),
                                0,
                                0,
                                0,
                                0,
                                row.number(6),
                                row.flag(5)),
                arrays(sql, all, _ -> most, now));
    }

    /** How many are wanted of a line. */
    interface Wanted {
        int of(Line line);
    }

    /** Returns lanes, bands, projects and numbers for {@code unnest}, then the rest. */
    static @Nullable Object[] arrays(Sql sql, List<Line> lines, Wanted wanted, Object rest)
            throws SQLException {
        var connection = sql.connection();
        var keys = lines.stream().map(Line::key).toList();
        return new @Nullable Object[] {
            connection.createArrayOf("text", keys.stream().map(key -> key.lane().text()).toArray()),
            connection.createArrayOf(
                    "int2", keys.stream().map(key -> key.urgent() ? 1 : 0).toArray()),
            connection.createArrayOf("int8", keys.stream().map(LineKey::project).toArray()),
            connection.createArrayOf("int4", lines.stream().map(wanted::of).toArray()),
            rest
        };
    }

    /** Counts what waits and what runs, by pool. */
    static List<PoolCount> pools(Sql sql) throws SQLException {
        var counts = new TreeMap<String, PoolCount>();
        sql.list(
                "select lane, (fence is not null)::int, count(*), min(created_at) from live"
                        + " group by lane, fence is not null",
                row -> {
                    var pool = Lane.parse(row.text(1)).pool();
                    var running = row.flag(2);
                    var count = row.small(3);
                    var oldest = running ? null : Long.valueOf(row.number(4));
                    return counts.merge(
                            pool,
                            running
                                    ? new PoolCount(pool, 0, count, null)
                                    : new PoolCount(pool, count, 0, oldest),
                            PoolCount::plus);
                });
        return List.copyOf(counts.values());
    }
}
