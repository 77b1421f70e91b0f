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
     * @param turn why the whole run waits for its turn; empty if it does not
     */
    void insert(Transaction transaction, KeptJobs kept, String turn) throws SQLException {
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
            var waits = waits(transaction, node, turn);
            jobs.add(job(transaction, node, kept, waits));
            if (node.attempt() != null && waits.isEmpty()) {
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

    /** Returns why a job that needs nothing else can't be queued yet; empty if it can. */
    private String waits(Transaction transaction, Graph.Node node, String turn)
            throws SQLException {
        var locks = node.job().terms().locks();
        if (node.status().isTerminal()) {
            return "";
        }
        var ready = node.status() == Status.QUEUED;
        if (!locks.isEmpty()) {
            queueing.locks()
                    .declare(
                            transaction,
                            project,
                            run.value(),
                            node.id(),
                            locks,
                            ready && turn.isEmpty());
        }
        if (!ready) {
            return "";
        }
        if (!turn.isEmpty() || locks.isEmpty()) {
            return turn;
        }
        return Locks.reason(
                locks.stream()
                        .map(lock -> LockKey.ofLock(project, lock.ofServer(), lock.name()))
                        .toList());
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
                    + " created_at, queued_at, finished_at, version, locks)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?,"
                    + " ?, ?, ?, 0, ?)";

    private @Nullable Object[] job(
            Transaction transaction, Graph.Node node, KeptJobs kept, String waits) {
        var job = node.job();
        var now = transaction.now();
        var attempt = waits.isEmpty() ? node.attempt() : null;
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
            waits.isEmpty() ? node.status() : Status.WAITING,
            Texts.fit(waits.isEmpty() ? reason(node, kept) : waits, 4000),
            node.kept() == null ? null : kept.run(node.kept().job()),
            Lane.of(job).text(),
            job.priority(),
            job.condition().verdict() == Plan.Condition.Verdict.DEFERRED,
            job.continueOnFailure(),
            node.needed(),
            job.retries(),
            attempt,
            attempt == null ? 0 : 1,
            now,
            attempt == null ? null : now,
            node.status().isTerminal() ? now : null,
            job.terms().locks().size()
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
                        Lane.of(job),
                        job.priority(),
                        now,
                        now,
                        0);
        queueing.added(transaction, ready, Duration.ZERO);
        var place = new LiveRow.Place(node.id(), run.value(), project, job.id());
        return LiveRow.values(ready, place, 1, false);
    }
}
