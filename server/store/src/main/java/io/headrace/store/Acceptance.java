package io.headrace.store;

import io.headrace.engine.Refused;
import io.headrace.engine.TimeId;
import io.headrace.engine.run.NewRun;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore.Accepted;
import io.headrace.engine.run.Status;
import io.headrace.language.Plan;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes one new run. What costs time and needs no database, such as JSON, is done when it is made,
 * on the caller's thread.
 */
final class Acceptance implements Operation<Accepted> {

    private final NewRun run;
    private final Queueing queueing;
    private final Graph graph;
    private final String event;
    private final @Nullable String plan;
    private final String problems;
    private final List<String> matrices;

    Acceptance(NewRun run, Queueing queueing, TimeId ids, Json json) {
        this.run = run;
        this.queueing = queueing;
        this.event = json.write(run.event());
        this.problems = json.write(run.problems());
        if (run.plan() == null) {
            this.graph = new Graph(List.of(), List.of());
            this.plan = null;
            this.matrices = List.of();
        } else {
            this.graph = Graph.of(run.plan(), run.kept(), ids);
            this.plan = json.write(run.plan());
            this.matrices =
                    run.plan().jobs().stream()
                            .map(job -> job.matrix().isEmpty() ? "{}" : json.write(job.matrix()))
                            .toList();
        }
        var key = run.idempotencyKey();
        if (key != null && (key.isEmpty() || key.length() > 200)) {
            throw Refused.invalid("An idempotency key has 1 to 200 characters");
        }
    }

    @Override
    public Accepted run(Transaction transaction) throws SQLException {
        var earlier = earlier(transaction.sql());
        if (earlier.isPresent()) {
            return earlier.get();
        }
        var kept = KeptJobs.read(transaction.sql(), run);
        var number = nextNumber(transaction);
        insertRun(transaction, number);
        insertJobs(transaction, kept);
        kept.copyArtifacts(transaction, run.id(), graph);
        transaction.changed(run.id());
        return new Accepted(run.id(), number, true);
    }

    private Optional<Accepted> earlier(Sql sql) throws SQLException {
        if (run.idempotencyKey() == null) {
            return Optional.empty();
        }
        return sql.first(
                "select r.id, r.number from run_key k join run r on r.id = k.run_id"
                        + " where k.project_id = ? and k.idempotency_key = ?",
                row -> new Accepted(new RunId(row.number(1)), row.number(2), false),
                run.project().value(),
                run.idempotencyKey());
    }

    /** Returns the next number; whoever comes later waits for our commit. */
    private long nextNumber(Transaction transaction) throws SQLException {
        var sql = transaction.sql();
        var project = run.project().value();
        var changed =
                sql.update(
                        "update run_number set last_number = last_number + 1 where project_id = ?",
                        project);
        if (changed == 0) {
            throw Refused.notFound("There is no such project; it may have been deleted");
        }
        return sql.first(
                        "select last_number from run_number where project_id = ?",
                        row -> row.number(1),
                        project)
                .orElseThrow();
    }

    private void insertRun(Transaction transaction, long number) throws SQLException {
        var sql = transaction.sql();
        var now = transaction.now();
        var left = graph.left();
        var over = left == 0;
        var given = run.event();
        var limits = run.plan();
        sql.update(
                "insert into run (id, project_id, number, status, reason, ref_name, branch, tag, event,"
                        + " commit_id, message, author, triggered_by, rerun_of, created_at,"
                        + " started_at, finished_at, time_limit, fail_fast, stop_kind,"
                        + " stop_reason, jobs_left, jobs_bad, version)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0,"
                        + " '', ?, 0, 0)",
                run.id().value(),
                run.project().value(),
                number,
                status(over),
                Texts.fit(reason(over), 4000),
                Texts.fit(given.ref(), 1000),
                Texts.fitOrNull(given.branch(), 500),
                Texts.fitOrNull(given.tag(), 500),
                given.type().name(),
                Texts.fit(given.commit(), 200),
                Texts.fit(run.message(), 1000),
                Texts.fit(run.author(), 1000),
                Texts.fit(run.triggeredBy(), 1000),
                run.rerunOf() == null ? null : run.rerunOf().value(),
                now,
                null,
                over ? now : null,
                limits == null ? null : Times.micros(limits.timeLimit()),
                limits != null && limits.failFast(),
                left);
        sql.update(
                "insert into run_document (run_id, event, plan, problems) values (?, ?, ?, ?)",
                run.id().value(),
                event,
                plan,
                problems);
        if (run.idempotencyKey() != null) {
            sql.update(
                    "insert into run_key (project_id, idempotency_key, run_id) values (?, ?, ?)",
                    run.project().value(),
                    run.idempotencyKey(),
                    run.id().value());
        }
    }

    private Status status(boolean over) {
        if (run.plan() == null) {
            return Status.ERRORED;
        }
        return over ? Status.SUCCEEDED : Status.QUEUED;
    }

    private String reason(boolean over) {
        if (run.plan() == null) {
            return run.reason();
        }
        if (!over) {
            return "";
        }
        if (graph.nodes().isEmpty()) {
            return "the plan has no jobs";
        }
        return graph.nodes().stream().allMatch(node -> node.status() == Status.SKIPPED)
                ? "every job was skipped"
                : "";
    }

    private void insertJobs(Transaction transaction, KeptJobs kept) throws SQLException {
        var sql = transaction.sql();
        var jobs = new ArrayList<@Nullable Object[]>();
        var queued = new ArrayList<@Nullable Object[]>();
        var waiters = new ArrayList<@Nullable Object[]>();
        var byKey = new HashMap<String, Long>();
        for (var node : graph.nodes()) {
            byKey.put(node.job().id(), node.id());
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
            gates.add(new @Nullable Object[] {gate.id(), run.id().value(), gate.open()});
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
            run.id().value(),
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
                new Ready(
                        attempt,
                        node.id(),
                        Lane.of(job.pool(), job.labels()),
                        job.priority(),
                        now,
                        now,
                        0);
        queueing.added(transaction, ready, Duration.ZERO);
        var place = new LiveRow.Place(node.id(), run.id().value(), run.project().value(), job.id());
        return LiveRow.values(ready, place, 1, false);
    }
}
