package io.headrace.store;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.run.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads how long jobs took. */
final class PastTimes {

    /** Beyond them older runs are left out: a pipeline of 10,000 jobs has enough in two. */
    private static final int MOST_JOBS = 20_000;

    private record Took(String key, long millis) {}

    private PastTimes() {}

    static Map<String, Duration> of(Sql sql, ProjectId project, int runs) throws SQLException {
        var newest =
                sql.list(
                        "select r.id from run r --DERBY-PROPERTIES index=RUN_OF_PROJECT_STATUS\n"
                                + " where r.project_id = ? and r.status = ? order by r.id desc"
                                + " fetch first %d rows only".formatted(runs),
                        row -> row.number(1),
                        project.value(),
                        Status.SUCCEEDED);
        var times = new HashMap<String, List<Long>>();
        int count = 0;
        for (var run : newest) {
            if (count >= MOST_JOBS) {
                break;
            }
            for (var job : jobs(sql, run)) {
                times.computeIfAbsent(job.key(), _ -> new ArrayList<>()).add(job.millis());
                count++;
            }
        }
        var medians = new HashMap<String, Duration>();
        times.forEach((key, all) -> medians.put(key, median(all)));
        return Map.copyOf(medians);
    }

    /**
     * Returns the jobs that ran: those that were kept from another run, or skipped, took nothing.
     */
    private static List<Took> jobs(Sql sql, long run) throws SQLException {
        return sql.list(
                "select job_key, started_at, finished_at from job where run_id = ? and status = ?"
                        + " and kept_from is null and started_at is not null"
                        + " and finished_at is not null",
                row -> new Took(row.text(1), Duration.between(row.time(2), row.time(3)).toMillis()),
                run,
                Status.SUCCEEDED);
    }

    private static Duration median(List<Long> times) {
        var sorted = times.stream().sorted().toList();
        int middle = sorted.size() / 2;
        long median =
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return Duration.ofMillis(Math.max(0, median));
    }
}
