package io.headrace.store;

import io.headrace.engine.TimeId;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunStore.Generated;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what came of a job that generates the rest of its run. What costs time and needs no
 * database is done when it is made, on the caller's thread.
 */
final class GeneratedJobs {

    private final Claim claim;
    private final Generated generated;
    private final Graph graph;
    private final NewJobs jobs;
    private final @Nullable String plan;
    private final String problems;
    private final Json json;

    GeneratedJobs(Claim claim, Generated generated, Queueing queueing, TimeId ids, Json json) {
        this.claim = claim;
        this.generated = generated;
        this.json = json;
        this.problems = json.write(generated.problems());
        var whole = generated.plan();
        if (whole == null) {
            this.graph = new Graph(List.of(), List.of());
            this.plan = null;
        } else {
            this.graph = Graph.of(whole, Map.of(), Map.of(claim.key(), claim.job().value()), ids);
            this.plan = json.write(whole);
        }
        this.jobs = new NewJobs(claim.run(), claim.project().value(), graph, queueing, json);
    }

    /** Says what is wrong with the pipeline. */
    void tell(Transaction transaction) throws SQLException {
        transaction
                .sql()
                .update(
                        "update run_document set problems = ? where run_id = ?",
                        problems,
                        claim.run().value());
    }

    /** Adds the jobs to the run, which the caller saves. */
    void addTo(RunRow run, Transaction transaction) throws SQLException {
        var whole = generated.plan();
        if (whole == null) {
            return;
        }
        var sql = transaction.sql();
        sql.update(
                "update run set time_limit = ?, fail_fast = ? where id = ?",
                Times.micros(whole.timeLimit()),
                whole.failFast(),
                run.id);
        sql.update("update run_document set plan = ? where run_id = ?", plan, run.id);
        jobs.insert(transaction, KeptJobs.NONE, "");
        RetryRows.insert(sql, json, run.id, whole);
        run.jobsLeft += graph.left();
    }
}
