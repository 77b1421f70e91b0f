package io.headrace.store;

import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Status;
import io.headrace.language.Plan;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the jobs of a graph, and what they wait for, into a run. */
final class NewJobs {

    private final RunId run;
    private final long project;
    private final Graph graph;
    private final Queueing queueing;
    private final List<String> matrices;

    /** Takes some time, for JSON, and needs no database. */
    NewJobs(RunId run, long project, Graph graph, Queueing queueing, Json json) {
        this.run = run;
        this.project = project;
        this.graph = graph;
        this.queueing = queueing;
        this.matrices =
                graph.nodes().stream()
                        .map(node -> node.job().matrix())
                        .map(matrix -> matrix.isEmpty() ? "{}" : json.write(matrix))
                        .toList();
    }

    /**
     * Writes them.
     *
     * @param kept of earlier runs
     */
    void insert(Transaction transaction, KeptJobs kept) throws SQLException {
        var sql = transaction.sql();
        var jobs = new ArrayList<@Nullable Object[]>();
        var queued = new ArrayList<@Nullable Object[]>();
        var waiters = new ArrayList<@Nullable Object[]>();
        var byKey = new HashMap<String, Long>();
        for (var node : graph.nodes()) {
            byKey.put(node.job().id(), node.id());
            if (node.isThere()) {
                continue;
            }
            jobs.add(job(transaction, node, kept));
            if (node.attempt() != null) {
                queued.add(queued(transaction, node, node.attempt()));
            }
            if (node.gate() != null && node.status() == Status.PENDING) {
                waiters.add(new @Nullable Object[] {node.gate().id(), node.id()});
            }
        }
        sql.batch(INSERT_JOB, jobs);
        sql.batch(LiveRow.INSERT, queued);
        insertGates(sql, byKey);
        sql.batch("insert into waiter (gate_id, job_id) values (?, ?)", waiters);
    }

    private void insertGates(Sql sql, Map<String, Long> jobs) throws SQLException {
        var gates = new ArrayList<@Nullable Object[]>();
        var needs = new ArrayList<@Nullable Object[]>();
        for (var gate : graph.gates()) {
            gates.add(new @Nullable Object[] {gate.id(), run.value(), gate.open()});
            var place = 0;
            for (var need : gate.needs()) {
                needs.add(new @Nullable Object[] {gate.id(), place++, jobs.get(need)});
            }
        }
        sql.batch(
                "insert into gate (id, run_id, open_needs, failed_needs) values (?, ?, ?, 0)",
                gates);
        sql.batch("insert into need (gate_id, place, job_id) values (?, ?, ?)", needs);
    }

    private static final String INSERT_JOB =
            "insert into job (id, run_id, place, job_key, name, base_name, stage, matrix, gate_id,"
                    + " status, reason, kept_from, lane, priority, runs_anyway, may_fail, needed,"
                    + " retries, failed_tries, errored_tries, attempt_id, attempt_number,"
                    + " created_at, queued_at, finished_at, version)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?,"
                    + " ?, ?, ?, 0)";

    private @Nullable Object[] job(Transaction transaction, Graph.Node node, KeptJobs kept) {
        var job = node.job();
        var now = transaction.now();
        return new @Nullable Object[] {
            node.id(),
            run.value(),
            node.place(),
            job.id(),
            Texts.fit(job.name(), 1000),
            Texts.fit(job.baseName(), 500),
            Texts.fitOrNull(job.stage(), 500),
            matrices.get(node.place()),
            node.gate() == null ? null : node.gate().id(),
            node.status(),
            Texts.fit(reason(node, kept), 4000),
            node.kept() == null ? null : kept.run(node.kept().job()),
            Lane.of(job.pool(), job.labels()).text(),
            job.priority(),
            job.condition().verdict() == Plan.Condition.Verdict.DEFERRED,
            job.continueOnFailure(),
            node.needed(),
            job.retries(),
            node.attempt(),
            node.attempt() == null ? 0 : 1,
            now,
            node.attempt() == null ? null : now,
            node.status().isTerminal() ? now : null
        };
    }

    private static String reason(Graph.Node node, KeptJobs kept) {
        if (node.kept() != null) {
            return kept.reason(node.kept().job());
        }
        return node.status() == Status.SKIPPED ? node.job().condition().explanation() : "";
    }

    private @Nullable Object[] queued(Transaction transaction, Graph.Node node, long attempt) {
        var now = Times.micros(transaction.now());
        var job = node.job();
        var ready =
                Ready.of(
                        queueing.rules(),
                        attempt,
                        node.id(),
                        project,
                        Lane.of(job.pool(), job.labels()),
                        job.priority(),
                        now,
                        now,
                        0);
        queueing.added(transaction, ready, Duration.ZERO);
        var place = new LiveRow.Place(node.id(), run.value(), project, job.id());
        return LiveRow.values(ready, place, 1, false);
    }
}
