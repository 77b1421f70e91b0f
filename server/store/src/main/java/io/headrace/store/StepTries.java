package io.headrace.store;

import io.headrace.engine.retry.Failure;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.StepTry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tries of the steps of a run. */
final class StepTries {

    private final Map<Step, List<StepTry>> tries = new HashMap<>();

    private record Step(long attempt, int place) {}

    private StepTries() {}

    static StepTries of(Sql sql, RunId run) throws SQLException {
        var found = new StepTries();
        sql.list(
                "select t.attempt_id, t.place, t.number, t.exit_code, t.reason, t.failure, t.took,"
                        + " t.delay from job j join step_try t --DERBY-PROPERTIES"
                        + " joinStrategy=NESTEDLOOP\n"
                        + " on t.job_id = j.id where j.run_id = ?"
                        + " order by t.attempt_id, t.place, t.number",
                row -> {
                    var failure = DetailReads.failure(row.text(6));
                    return found.tries
                            .computeIfAbsent(
                                    new Step(row.number(1), row.small(2)), _ -> new ArrayList<>())
                            .add(
                                    new StepTry(
                                            row.small(3),
                                            row.smallOrNull(4),
                                            row.text(5),
                                            failure == null ? Failure.UNKNOWN : failure,
                                            Duration.ofNanos(1000 * row.number(7)),
                                            Duration.ofNanos(1000 * row.number(8))));
                },
                run.value());
        return found;
    }

    RunDetail.Step addTo(long attempt, RunDetail.Step step) {
        var of = tries.get(new Step(attempt, step.index()));
        return of == null
                ? step
                : new RunDetail.Step(
                        step.index(),
                        step.name(),
                        step.status(),
                        step.reason(),
                        step.exitCode(),
                        step.startedAt(),
                        step.finishedAt(),
                        List.copyOf(of));
    }
}
