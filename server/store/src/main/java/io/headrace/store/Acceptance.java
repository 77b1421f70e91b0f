package io.headrace.store;

import io.headrace.engine.Refused;
import io.headrace.engine.TimeId;
import io.headrace.engine.run.NewRun;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore.Accepted;
import io.headrace.engine.run.Status;
import io.headrace.language.PlanTerms;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes one new run. What costs time and needs no database, such as JSON, is done when it is made,
 * on the caller's thread.
 */
final class Acceptance implements Operation<Accepted> {

    private final NewRun run;
    private final Graph graph;
    private final NewJobs jobs;
    private final Queueing queueing;
    private final Optional<PlanTerms.Concurrency> group;
    private final String event;
    private final @Nullable String plan;
    private final String problems;
    private final Json json;

    Acceptance(NewRun run, Queueing queueing, TimeId ids, Json json) {
        this.run = run;
        this.json = json;
        this.queueing = queueing;
        this.event = json.write(run.event());
        this.problems = json.write(run.problems());
        if (run.plan() == null) {
            this.graph = new Graph(List.of(), List.of());
            this.plan = null;
        } else {
            this.graph = Graph.of(run.plan(), run.kept(), ids);
            this.plan = json.write(run.plan());
        }
        // A run that is over at once has nobody to wait for.
        this.group =
                graph.left() == 0 || run.plan() == null
                        ? Optional.empty()
                        : run.plan().terms().concurrency();
        this.jobs = new NewJobs(run.id(), run.project().value(), graph, queueing, json);
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
        if (group.isPresent()) {
            queueing.locks()
                    .declare(transaction, run.project().value(), run.id().value(), group.get());
        }
        jobs.insert(transaction, kept, turn());
        if (run.plan() != null) {
            RetryRows.insert(transaction.sql(), json, run.id().value(), run.plan());
        }
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
                        + " stop_reason, jobs_left, jobs_bad, version, takes_turns)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0,"
                        + " '', ?, 0, 0, ?)",
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
                left,
                group.isPresent());
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
        if (over) {
            return Status.SUCCEEDED;
        }
        return group.isPresent() ? Status.WAITING : Status.QUEUED;
    }

    /** Returns why the whole run waits; empty if it does not. */
    private String turn() {
        return group.map(its ->
                        Locks.reason(
                                List.of(
                                        LockKey.ofGroup(
                                                run.project().value(),
                                                its.ofServer(),
                                                its.group()))))
                .orElse("");
    }

    private String reason(boolean over) {
        if (run.plan() == null) {
            return run.reason();
        }
        if (!over) {
            return turn();
        }
        if (graph.nodes().isEmpty()) {
            return "the plan has no jobs";
        }
        return graph.nodes().stream().allMatch(node -> node.status() == Status.SKIPPED)
                ? "every job was skipped"
                : "";
    }
}
