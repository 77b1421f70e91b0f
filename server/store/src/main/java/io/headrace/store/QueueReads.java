package io.headrace.store;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.JobId;
import io.headrace.engine.run.QueuedJob;
import io.headrace.engine.run.RunId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what waits and what runs. */
final class QueueReads {

    private QueueReads() {}

    /** Describes attempts in the order given; those that wait no more are left out. */
    static List<QueuedJob> describe(Sql sql, Instant now, List<Long> attempts, int limit)
            throws SQLException {
        var positions = new HashMap<String, Integer>();
        var jobs = new ArrayList<QueuedJob>();
        for (var attempt : attempts) {
            var job = describe(sql, now, attempt);
            if (job.isPresent() && jobs.size() < limit) {
                var position = positions.merge(job.get().pool(), 1, Integer::sum);
                jobs.add(at(job.get(), position));
            }
        }
        return jobs;
    }

    private static Optional<QueuedJob> describe(Sql sql, Instant now, long attempt)
            throws SQLException {
        return sql.first(
                "select l.job_id, l.run_id, p.name, r.number, l.job_key, j.name, l.lane,"
                        + " l.priority, l.number, l.queued_at, l.project_id, l.urgent, l.not_before"
                        + " from --DERBY-PROPERTIES joinOrder=FIXED\n"
                        + " live l, job j, run r, project p"
                        + " where l.attempt_id = ? and l.fence is null and j.id = l.job_id"
                        + " and r.id = l.run_id and p.id = l.project_id",
                row -> {
                    var lane = Lane.parse(row.text(7));
                    return new QueuedJob(
                            new JobId(row.number(1)),
                            new RunId(row.number(2)),
                            new ProjectId(row.number(11)),
                            row.text(3),
                            row.number(4),
                            row.text(5),
                            row.text(6),
                            lane.pool(),
                            lane.labels(),
                            row.small(8),
                            0,
                            row.small(9),
                            row.time(10),
                            row.flag(12),
                            row.time(13).isAfter(now) ? row.time(13) : null);
                },
                attempt);
    }

    private static QueuedJob at(QueuedJob job, int position) {
        return new QueuedJob(
                job.id(),
                job.run(),
                job.projectId(),
                job.project(),
                job.runNumber(),
                job.key(),
                job.name(),
                job.pool(),
                job.labels(),
                job.priority(),
                position,
                job.attempt(),
                job.queuedAt(),
                job.urgent(),
                job.notBefore());
    }

    /** Lists claims of {@code worker}, or (null) all, oldest first. */
    static List<Claim> running(Sql sql, @Nullable String worker) throws SQLException {
        return running(sql).stream()
                .filter(live -> worker == null || worker.equals(live.worker()))
                .map(QueueReads::claim)
                .toList();
    }

    private static Claim claim(LiveRow live) {
        if (live.fence() == null || live.leaseUntil() == null) {
            throw new IllegalStateException("Attempt " + live.attempt() + " runs without a lease");
        }
        return live.claim(live.fence(), live.leaseUntil());
    }

    static List<LiveRow> running(Sql sql) throws SQLException {
        return sql.list(LiveRow.LEASED + LiveRow.RUNNING + " order by l.attempt_id", LiveRow::of);
    }
}
