package io.headrace.store;

import io.headrace.engine.retry.Failure;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run with all that is in it, by a fixed number of queries.
 *
 * <p>Their order matters: facts move from the run to its jobs, attempts and steps while we read,
 * and what is read later is never older. So a run that is over has no job that runs.
 */
final class DetailReads {

    private static final String NESTED = " --DERBY-PROPERTIES joinStrategy=NESTEDLOOP\n";

    private final Json json;
    private final RunReads runs;

    DetailReads(Json json, RunReads runs) {
        this.json = json;
        this.runs = runs;
    }

    Optional<RunDetail> detail(Sql sql, RunId id) throws SQLException {
        var run = runs.find(sql, id);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        var problems =
                sql.first(
                                "select problems from run_document where run_id = ?",
                                row -> row.text(1),
                                id.value())
                        .map(json::problems)
                        .orElse(List.of());
        var needs = needs(sql, id);
        // Jobs have their attempts filled in later, when those were read.
        var jobs = jobs(sql, id, needs);
        var attempts = attempts(sql, id);
        var filled = new ArrayList<RunDetail.Job>(jobs.size());
        for (var job : jobs) {
            filled.add(with(job, attempts.getOrDefault(job.id().value(), List.of())));
        }
        return Optional.of(new RunDetail(run.get(), List.copyOf(filled), problems));
    }

    private static Map<Long, List<String>> needs(Sql sql, RunId id) throws SQLException {
        record Need(long gate, String key) {}
        var rows =
                sql.list(
                        "select g.id, j.job_key from gate g join need n"
                                + NESTED
                                + " on n.gate_id = g.id join job j"
                                + NESTED
                                + " on j.id = n.job_id where g.run_id = ? order by g.id, n.place",
                        row -> new Need(row.number(1), row.text(2)),
                        id.value());
        var needs = new HashMap<Long, List<String>>();
        for (var row : rows) {
            needs.computeIfAbsent(row.gate(), _ -> new ArrayList<>()).add(row.key());
        }
        needs.replaceAll((_, keys) -> List.copyOf(keys));
        return needs;
    }

    private List<RunDetail.Job> jobs(Sql sql, RunId id, Map<Long, List<String>> needs)
            throws SQLException {
        return sql.list(
                "select id, job_key, name, base_name, stage, matrix, gate_id, status, reason,"
                        + " kept_from, created_at, queued_at, started_at, finished_at"
                        + " from job where run_id = ? order by place",
                row -> {
                    var gate = row.numberOrNull(7);
                    var keptFrom = row.numberOrNull(10);
                    return new RunDetail.Job(
                            new JobId(row.number(1)),
                            row.text(2),
                            row.text(3),
                            row.text(4),
                            row.textOrNull(5),
                            json.texts(row.text(6)),
                            gate == null ? List.of() : needs.getOrDefault(gate, List.of()),
                            row.status(8),
                            row.text(9),
                            keptFrom == null ? null : new RunId(keptFrom),
                            row.time(11),
                            row.timeOrNull(12),
                            row.timeOrNull(13),
                            row.timeOrNull(14),
                            List.of());
                },
                id.value());
    }

    private static RunDetail.Job with(RunDetail.Job job, List<RunDetail.Attempt> attempts) {
        return new RunDetail.Job(
                job.id(),
                job.key(),
                job.name(),
                job.baseName(),
                job.stage(),
                job.matrix(),
                job.needs(),
                job.status(),
                job.reason(),
                job.keptFrom(),
                job.createdAt(),
                job.queuedAt(),
                job.startedAt(),
                job.finishedAt(),
                attempts);
    }

    /** An attempt with its job. */
    private record Of(long job, RunDetail.Attempt attempt) {}

    private static Map<Long, List<RunDetail.Attempt>> attempts(Sql sql, RunId id)
            throws SQLException {
        var byNumber = new HashMap<Long, TreeMap<Integer, RunDetail.Attempt>>();
        // The present first: what ends meanwhile is then found among the past, and replaces it.
        for (var live : live(sql, id)) {
            byNumber.computeIfAbsent(live.job(), _ -> new TreeMap<>())
                    .put(live.attempt().number(), live.attempt());
        }
        for (var ended : ended(sql, id)) {
            byNumber.computeIfAbsent(ended.job(), _ -> new TreeMap<>())
                    .put(ended.attempt().number(), ended.attempt());
        }
        var steps = steps(sql, id);
        var attempts = new HashMap<Long, List<RunDetail.Attempt>>();
        byNumber.forEach((job, tries) ->
                attempts.put(
                        job,
                        tries.values().stream()
                                .map(attempt ->
                                        with(
                                                attempt,
                                                steps.getOrDefault(
                                                        attempt.id().value(), List.of())))
                                .toList()));
        return attempts;
    }

    private static List<Of> live(Sql sql, RunId id) throws SQLException {
        return sql.list(
                "select l.job_id, l.attempt_id, l.number, l.fence, l.worker, l.created_at,"
                        + " l.started_at from job j join live l"
                        + NESTED
                        + " on l.attempt_id = j.attempt_id where j.run_id = ?",
                row ->
                        new Of(
                                row.number(1),
                                new RunDetail.Attempt(
                                        new AttemptId(row.number(2)),
                                        row.small(3),
                                        row.numberOrNull(4) == null
                                                ? Status.QUEUED
                                                : Status.RUNNING,
                                        "",
                                        null,
                                        row.textOrNull(5),
                                        row.time(6),
                                        row.timeOrNull(7),
                                        null,
                                        null,
                                        null,
                                        List.of())),
                id.value());
    }

    private static List<Of> ended(Sql sql, RunId id) throws SQLException {
        return sql.list(
                "select a.job_id, a.id, a.number, a.status, a.reason, a.exit_code, a.worker,"
                        + " a.created_at, a.started_at, a.finished_at, a.failure, a.retry_delay"
                        + " from job j join attempt a"
                        + NESTED
                        + " on a.job_id = j.id where j.run_id = ?",
                row ->
                        new Of(
                                row.number(1),
                                new RunDetail.Attempt(
                                        new AttemptId(row.number(2)),
                                        row.small(3),
                                        row.status(4),
                                        row.text(5),
                                        row.smallOrNull(6),
                                        row.textOrNull(7),
                                        row.time(8),
                                        row.timeOrNull(9),
                                        row.timeOrNull(10),
                                        failure(row.textOrNull(11)),
                                        duration(row.numberOrNull(12)),
                                        List.of())),
                id.value());
    }

    /** Returns null also for what a newer version may have written. */
    static @Nullable Failure failure(@Nullable String name) {
        for (var failure : Failure.values()) {
            if (failure.name().equals(name)) {
                return failure;
            }
        }
        return null;
    }

    private static @Nullable Duration duration(@Nullable Long micros) {
        return micros == null ? null : Duration.ofNanos(1000 * micros);
    }

    private static Map<Long, List<RunDetail.Step>> steps(Sql sql, RunId id) throws SQLException {
        record StepOf(long attempt, RunDetail.Step step) {}
        var rows =
                sql.list(
                        "select s.attempt_id, s.place, s.name, s.status, s.reason, s.exit_code,"
                                + " s.started_at, s.finished_at from job j join step s"
                                + NESTED
                                + " on s.job_id = j.id where j.run_id = ?"
                                + " order by s.attempt_id, s.place",
                        row ->
                                new StepOf(
                                        row.number(1),
                                        new RunDetail.Step(
                                                row.small(2),
                                                row.text(3),
                                                row.status(4),
                                                row.text(5),
                                                row.smallOrNull(6),
                                                row.timeOrNull(7),
                                                row.timeOrNull(8),
                                                List.of())),
                        id.value());
        var tries = StepTries.of(sql, id);
        var steps = new HashMap<Long, List<RunDetail.Step>>();
        for (var row : rows) {
            steps.computeIfAbsent(row.attempt(), _ -> new ArrayList<>())
                    .add(tries.addTo(row.attempt(), row.step()));
        }
        return steps;
    }

    private static RunDetail.Attempt with(RunDetail.Attempt attempt, List<RunDetail.Step> steps) {
        return new RunDetail.Attempt(
                attempt.id(),
                attempt.number(),
                attempt.status(),
                attempt.reason(),
                attempt.exitCode(),
                attempt.worker(),
                attempt.createdAt(),
                attempt.startedAt(),
                attempt.finishedAt(),
                attempt.failure(),
                attempt.retryDelay(),
                List.copyOf(steps));
    }
}
