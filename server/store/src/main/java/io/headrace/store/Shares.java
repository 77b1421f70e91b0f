package io.headrace.store;

import io.headrace.engine.queue.Share;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What projects have of the pools, and what they may have. Belongs to one thread at a time.
 *
 * <p>The database has the truth. Between two looks at it, what this controller does is counted
 * here.
 */
final class Shares {

    /** How far serving one job takes a project of weight 1. */
    private static final long STRIDE = 1L << 32;

    private static final String RUNNING =
            "select l.lane, l.project_id, count(*) from live l --DERBY-PROPERTIES index=LIVE_LEASE\n"
                    + LiveRow.RUNNING
                    + " group by l.lane, l.project_id";

    private final Map<String, Pool> pools = new HashMap<>();
    private final Map<Long, Project> projects = new HashMap<>();

    /** A pool. */
    static final class Pool {

        private final String name;
        private final Map<Long, Member> members = new HashMap<>();
        private @Nullable Integer limit;
        private int running;

        /** Moves on as jobs are given away, so that who had none for long has nothing saved up. */
        private long time;

        private Pool(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        Collection<Member> members() {
            return members.values();
        }

        int running() {
            return running;
        }

        @Nullable Integer limit() {
            return limit;
        }
    }

    /** A project, in all pools. */
    static final class Project {

        private final long id;
        private Share share = Share.DEFAULT;
        private int running;

        private Project(long id) {
            this.id = id;
        }
    }

    /** A project in one pool. */
    static final class Member {

        /** Whoever has the smallest part for its weight first. */
        static final Comparator<Member> ORDER =
                ((Comparator<Member>) Member::compareParts).thenComparingLong(Member::ahead);

        private final Pool pool;
        private final Project project;
        private int running;
        private long served;

        private Member(Pool pool, Project project) {
            this.pool = pool;
            this.project = project;
        }

        Pool pool() {
            return pool;
        }

        long project() {
            return project.id;
        }

        Share share() {
            return project.share;
        }

        int running() {
            return running;
        }

        private int compareParts(Member other) {
            return Long.compare(
                    (long) running * other.project.share.weight(),
                    (long) other.running * project.share.weight());
        }

        private long ahead() {
            return Math.max(0, served - pool.time);
        }

        boolean hasRoom() {
            var max = project.share.maxRunning();
            return (pool.limit == null || pool.running < pool.limit)
                    && (max == null || project.running < max);
        }

        boolean isLimited() {
            return pool.limit != null || project.share.maxRunning() != null;
        }

        /** Gives it a slot; what is returned takes that back, last given first. */
        Runnable take() {
            var servedBefore = served;
            var timeBefore = pool.time;
            count(1);
            pool.time = Math.max(served, pool.time);
            served = pool.time + STRIDE / project.share.weight();
            return () -> {
                count(-1);
                served = servedBefore;
                pool.time = timeBefore;
            };
        }

        /** Takes note that a job of it ended. */
        void end() {
            count(-1);
        }

        private void count(int change) {
            running += change;
            pool.running += change;
            project.running += change;
        }
    }

    Member member(String pool, long project) {
        return pool(pool)
                .members
                .computeIfAbsent(project, id -> new Member(pool(pool), project(id)));
    }

    Member member(LiveRow live) {
        return member(Lane.parse(live.lane()).pool(), live.place().project());
    }

    Collection<Pool> pools() {
        return pools.values();
    }

    Pool pool(String name) {
        return pools.computeIfAbsent(name, Pool::new);
    }

    private Project project(long id) {
        return projects.computeIfAbsent(id, Project::new);
    }

    /** Reads who runs what, of all controllers. */
    void readRunning(Sql sql) throws SQLException {
        projects.values().forEach(project -> project.running = 0);
        for (var pool : pools.values()) {
            pool.running = 0;
            pool.members.values().forEach(member -> member.running = 0);
        }
        sql.list(
                RUNNING,
                row -> {
                    member(Lane.parse(row.text(1)).pool(), row.number(2)).count(row.small(3));
                    return true;
                });
    }

    /** Reads what projects and pools may have. */
    void readRules(Sql sql) throws SQLException {
        projects.values().forEach(project -> project.share = Share.DEFAULT);
        pools.values().forEach(pool -> pool.limit = null);
        sql.list(
                "select project_id, weight, max_running from project_share",
                row -> {
                    project(row.number(1)).share = new Share(row.small(2), row.smallOrNull(3));
                    return true;
                });
        sql.list(
                "select name, max_running from pool_rule where max_running is not null",
                row -> {
                    pool(row.text(1)).limit = row.small(2);
                    return true;
                });
    }
}
