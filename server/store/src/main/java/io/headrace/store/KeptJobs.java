package io.headrace.store;

import io.headrace.engine.Refused;
import io.headrace.engine.run.JobId;
import io.headrace.engine.run.NewRun;
import io.headrace.engine.run.RunId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The jobs of earlier runs whose results a new run takes over. */
final class KeptJobs {

    private final Map<JobId, Source> sources;
    private final Map<JobId, List<Long>> artifacts;

    /** The run that a job is taken from. */
    private record Source(long run, long number) {}

    /** For jobs that are all new. */
    static final KeptJobs NONE = new KeptJobs(Map.of(), Map.of());

    private KeptJobs(Map<JobId, Source> sources, Map<JobId, List<Long>> artifacts) {
        this.sources = sources;
        this.artifacts = artifacts;
    }

    /**
     * Reads what is known of the jobs that {@code run} keeps.
     *
     * @throws Refused if a job is gone, or has other artifacts than ids were given for
     */
    static KeptJobs read(Sql sql, NewRun run) throws SQLException {
        var sources = new HashMap<JobId, Source>();
        var artifacts = new HashMap<JobId, List<Long>>();
        for (var kept : run.kept().entrySet()) {
            if (!kept.getValue().status().satisfies()) {
                throw Refused.invalid(
                        "Only jobs that succeeded or were skipped can be kept, not '"
                                + kept.getKey()
                                + "'");
            }
            var job = kept.getValue().job();
            sources.put(
                    job,
                    sql.first(
                                    "select r.id, r.number from job j join run r on r.id = j.run_id"
                                            + " where j.id = ? and r.project_id = ?",
                                    row -> new Source(row.number(1), row.number(2)),
                                    job.value(),
                                    run.project().value())
                            .orElseThrow(() -> gone(kept.getKey())));
            var found =
                    sql.list(
                            "select id from artifact where job_id = ? order by name, path, id",
                            row -> row.number(1),
                            job.value());
            if (found.size() != kept.getValue().artifacts().size()) {
                throw gone(kept.getKey());
            }
            artifacts.put(job, found);
        }
        return new KeptJobs(sources, artifacts);
    }

    private static Refused gone(String key) {
        return new Refused(
                Refused.Why.CONFLICT,
                "Job '" + key + "' of the earlier run has changed meanwhile; try again");
    }

    long run(JobId job) {
        return source(job).run();
    }

    String reason(JobId job) {
        return "kept from #" + source(job).number();
    }

    private Source source(JobId job) {
        var source = sources.get(job);
        if (source == null) {
            throw new IllegalArgumentException("Job " + job + " is not kept");
        }
        return source;
    }

    /** Copies the rows of the artifacts; their bytes are shared. */
    void copyArtifacts(Transaction transaction, RunId run, Graph graph) throws SQLException {
        for (var node : graph.nodes()) {
            var kept = node.kept();
            if (kept == null) {
                continue;
            }
            var rows = new ArrayList<@Nullable Object[]>();
            var originals = artifacts.getOrDefault(kept.job(), List.of());
            for (var i = 0; i < originals.size(); i++) {
                rows.add(
                        new @Nullable Object[] {
                            kept.artifacts().get(i).value(),
                            run.value(),
                            node.id(),
                            transaction.now(),
                            transaction.now(),
                            originals.get(i)
                        });
            }
            for (var row : rows) {
                transaction
                        .sql()
                        .update(
                                "insert into artifact (id, run_id, job_id, attempt_id, job_key,"
                                        + " name, path, sha256, bytes, content_type, executable,"
                                        + " consumable, created_at, expires_at, expired)"
                                        + " select cast(? as bigint), cast(? as bigint),"
                                        + " cast(? as bigint), attempt_id, job_key, name, path,"
                                        + " sha256, bytes, content_type, executable, consumable,"
                                        + " cast(? as bigint),"
                                        // As long as the original is kept from its making on.
                                        + " expires_at - created_at + cast(? as bigint), expired"
                                        + " from artifact where id = ?",
                                row);
            }
        }
    }
}
