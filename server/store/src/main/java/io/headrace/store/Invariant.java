package io.headrace.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that holds for all rows of a database that no transaction is changing just now.
 *
 * @param name never changes: scripts look for it
 * @param meaning what should be
 * @param remedy what an operator can do if it is not so
 * @param test finds the rows that break it
 */
record Invariant(String name, String meaning, String remedy, Test test) {

    /** Finds rows. */
    sealed interface Test {

        /** The rows that {@code sql} selects are wrong. */
        record None(String sql) implements Test {}

        /**
         * Two selects of an id and a number, by id and without zeros, are to give the same.
         *
         * @param kind what the id is of
         * @param said what is kept; {@code is} what is counted
         */
        record Same(String kind, String said, String is) implements Test {}
    }

    private static final String RESTORE =
            "restore the last backup for which 'backup verify' and this check find nothing, and report it with this output";

    private static final String CANCEL =
            "cancel the run; if it does not end, stop the server, delete its row from 'live', and report it with this output";

    /** A job that keeps its run from succeeding. */
    private static final String BAD = "(j.status in (6, 7) or (j.status = 5 and j.may_fail = 0))";

    /** Gates that something still waits behind, in runs that go on. */
    private static final String OPEN_GATES =
            " from run r join gate g on g.run_id = r.id where r.status < 4 and r.stop_kind = 0"
                    + " and exists (select 1 from waiter w join job p on p.id = w.job_id"
                    + " where w.gate_id = g.id and p.status = 0)";

    /** Returns those about runs, jobs and attempts. */
    static List<Invariant> ofRuns() {
        return List.of(
                new Invariant(
                        "run-jobs-left",
                        "a run counts its jobs that are not over",
                        CANCEL,
                        new Test.Same(
                                "run",
                                "select id, jobs_left from run where jobs_left <> 0 order by id",
                                "select run_id, count(*) from job where status < 4"
                                        + " group by run_id order by run_id")),
                new Invariant(
                        "run-jobs-bad",
                        "a run counts its jobs that keep it from succeeding",
                        RESTORE,
                        new Test.Same(
                                "run",
                                "select id, jobs_bad from run where jobs_bad <> 0 order by id",
                                "select j.run_id, count(*) from job j where "
                                        + BAD
                                        + " group by j.run_id order by j.run_id")),
                new Invariant(
                        "run-ends-with-its-jobs",
                        "a run is over, with a time, when no job of it is left, and not before",
                        CANCEL,
                        new Test.None(
                                "select id as run, status, jobs_left, finished_at from run where"
                                        + " (status >= 4 and (jobs_left <> 0 or finished_at is"
                                        + " null)) or (status < 4 and (jobs_left = 0 or finished_at"
                                        + " is not null))")),
                new Invariant(
                        "run-number",
                        "a project remembers the number of its last run",
                        "set 'last_number' of the project in 'run_number' to the largest number of its runs",
                        new Test.None(
                                "select p.id as project, n.last_number, (select max(r.number) from"
                                        + " run r where r.project_id = p.id) as newest from project"
                                        + " p left join run_number n on n.project_id = p.id where"
                                        + " p.deleted = 0 and (n.project_id is null or exists"
                                        + " (select 1 from run r where r.project_id = p.id and"
                                        + " r.number > n.last_number))")),
                new Invariant(
                        "job-has-its-attempt",
                        "a job that is queued or runs has an attempt that is not over",
                        CANCEL,
                        new Test.None(
                                "select j.id as job, j.run_id as run, j.status, j.attempt_id as"
                                        + " attempt from job j where j.status in (1, 2) and not"
                                        + " exists (select 1 from live l where l.attempt_id ="
                                        + " j.attempt_id)")),
                new Invariant(
                        "job-keeps-its-last-attempt",
                        "the last attempt of a job that is over is kept",
                        RESTORE,
                        new Test.None(
                                "select j.id as job, j.run_id as run, j.attempt_id as attempt from"
                                        + " job j where j.status > 3 and j.attempt_id is not null"
                                        + " and not exists (select 1 from attempt a where a.id ="
                                        + " j.attempt_id and a.job_id = j.id and a.number ="
                                        + " j.attempt_number)")),
                new Invariant(
                        "job-counts-its-attempts",
                        "a job counts its attempts",
                        RESTORE,
                        new Test.Same(
                                "job",
                                "select id, attempt_number from job where attempt_number <> 0"
                                        + " order by id",
                                "select t.job_id, count(*) from (select job_id from attempt"
                                        + " union all select job_id from live) t"
                                        + " group by t.job_id order by t.job_id")),
                new Invariant(
                        "job-waits-for-something",
                        "a job that waits for others waits behind a gate that is not open yet",
                        CANCEL,
                        new Test.None(
                                "select j.id as job, j.run_id as run, j.gate_id from job j left"
                                        + " join gate g on g.id = j.gate_id where j.status = 0 and"
                                        + " (g.id is null or g.open_needs < 1)")));
    }

    /** Returns those about attempts that are not over, and about gates. */
    static List<Invariant> ofThePresent() {
        return List.of(
                new Invariant(
                        "live-run-goes-on",
                        "an attempt that is not over belongs to a run that is not",
                        CANCEL,
                        new Test.None(
                                "select l.attempt_id as attempt, l.run_id as run, r.status from"
                                        + " live l left join run r on r.id = l.run_id where r.id is"
                                        + " null or r.status > 3")),
                new Invariant(
                        "live-job-knows-it",
                        "an attempt that is not over is the newest of its job, which is queued, or runs if a worker has it",
                        CANCEL,
                        new Test.None(
                                "select l.attempt_id as attempt, l.job_id as job, l.run_id as run,"
                                        + " l.number, j.attempt_number, j.status, l.worker from"
                                        + " live l left join job j on j.id = l.job_id where j.id is"
                                        + " null or j.attempt_id is null or j.attempt_id <>"
                                        + " l.attempt_id or j.attempt_number <> l.number or"
                                        + " j.run_id <> l.run_id or (l.fence is null and j.status"
                                        + " <> 1) or (l.fence is not null and j.status <> 2)")),
                new Invariant(
                        "live-lease",
                        "a worker that has an attempt has a fence and a lease; without a worker there is neither",
                        CANCEL,
                        new Test.None(
                                "select attempt_id as attempt, run_id as run, worker, fence,"
                                        + " lease_until, started_at from live where (fence is null"
                                        + " and (worker is not null or lease_until is not null or"
                                        + " started_at is not null)) or (fence is not null and"
                                        + " (worker is null or lease_until is null or started_at is"
                                        + " null))")),
                new Invariant(
                        "attempt-ends-once",
                        "an attempt is over or it is not",
                        CANCEL,
                        new Test.None(
                                "select a.id as attempt, l.run_id as run, a.status from live l join"
                                        + " attempt a on a.id = l.attempt_id")),
                new Invariant(
                        "fence-is-unique",
                        "no two attempts have the same fence",
                        CANCEL,
                        new Test.None(
                                "select fence, count(*) as attempts from live where fence is not"
                                        + " null group by fence having count(*) > 1")),
                new Invariant(
                        "gate-open-needs",
                        "a gate counts what is still to end before it opens",
                        CANCEL,
                        new Test.Same(
                                "gate",
                                "select g.id, g.open_needs"
                                        + OPEN_GATES
                                        + " and g.open_needs <> 0 order by g.id",
                                "select n.gate_id, count(*) from need n join job j on j.id ="
                                        + " n.job_id where j.status < 4 and n.gate_id in (select"
                                        + " g.id"
                                        + OPEN_GATES
                                        + ") group by n.gate_id order by n.gate_id")),
                new Invariant(
                        "gate-failed-needs",
                        "a gate counts what failed before it",
                        CANCEL,
                        new Test.Same(
                                "gate",
                                "select g.id, g.failed_needs"
                                        + OPEN_GATES
                                        + " and g.failed_needs <> 0 order by g.id",
                                "select n.gate_id, count(*) from need n join job j on j.id ="
                                        + " n.job_id where "
                                        + BAD
                                        + " and n.gate_id in (select g.id"
                                        + OPEN_GATES
                                        + ") group by n.gate_id order by n.gate_id")));
    }

    /** Returns those about locks and groups. */
    static List<Invariant> ofLocks() {
        return List.of(
                new Invariant(
                        "lock-holder-goes-on",
                        "whoever has a lock is not over",
                        "nothing: a server that runs takes it back within seconds; report it if it does not",
                        new Test.None(
                                "select l.lock_key, l.run_id as run, l.job_id as job from"
                                        + " lock_holder l left join run r on r.id = l.run_id left"
                                        + " join job j on j.id = l.job_id where r.id is null or"
                                        + " r.status > 3 or (l.job_id <> 0 and (j.id is null or"
                                        + " j.status > 3))")),
                new Invariant(
                        "lock-waiter-goes-on",
                        "whoever waits for a lock is not over",
                        "delete the row from 'lock_waiter' while no server runs",
                        new Test.None(
                                "select l.lock_key, l.run_id as run, l.job_id as job from"
                                        + " lock_waiter l left join run r on r.id = l.run_id left"
                                        + " join job j on j.id = l.job_id where r.id is null or"
                                        + " r.status > 3 or (l.job_id <> 0 and (j.id is null or"
                                        + " j.status > 3))")),
                new Invariant(
                        "job-waits-in-a-line",
                        "a job that waits for a lock, or for its run's turn, is in the line",
                        CANCEL,
                        new Test.None(
                                "select j.id as job, j.run_id as run from job j where j.status = 3"
                                        + " and not exists (select 1 from lock_waiter w where"
                                        + " w.run_id = j.run_id and (w.job_id = j.id or w.job_id ="
                                        + " 0))")));
    }

    /** Returns those about references that the database itself does not enforce. */
    static List<Invariant> ofLooseReferences() {
        var found = new ArrayList<Invariant>();
        for (var loose :
                List.of(
                        List.of("job", "gate_id", "gate"),
                        List.of("job", "kept_from", "run"),
                        List.of("run", "rerun_of", "run"))) {
            var table = loose.get(0);
            var column = loose.get(1);
            found.add(
                    new Invariant(
                            "reference-" + table + "-" + column.replace('_', '-'),
                            "'%s' of '%s' names a row of '%s'"
                                    .formatted(column, table, loose.get(2)),
                            RESTORE,
                            new Test.None(
                                    "select c.id as %s, c.%s from %s c where c.%2$s is not null and not exists (select 1 from %4$s p where p.id = c.%2$s)"
                                            .formatted(table, column, table, loose.get(2)))));
        }
        for (var table : List.of("step", "artifact")) {
            found.add(
                    new Invariant(
                            "reference-" + table + "-attempt-id",
                            "'attempt_id' of '%s' names an attempt".formatted(table),
                            RESTORE,
                            new Test.None(
                                    "select c.attempt_id as attempt, c.job_id as job from %s c where not exists (select 1 from attempt a where a.id = c.attempt_id) and not exists (select 1 from live l where l.attempt_id = c.attempt_id)"
                                            .formatted(table))));
        }
        return found;
    }

    /** Returns those that the database itself enforces, unless it is damaged. */
    static List<Invariant> ofSchema(Catalogue catalogue) {
        var found = new ArrayList<Invariant>();
        for (var table : catalogue.tables()) {
            for (var reference : table.references()) {
                found.add(of(table, reference));
            }
            if (table.names().contains("status")) {
                found.add(
                        new Invariant(
                                "status-of-" + table.name().replace('_', '-'),
                                "a status of '%s' is one that there is".formatted(table.name()),
                                RESTORE,
                                new Test.None(
                                        "select %s, status from %s where status < 0 or status > 8"
                                                .formatted(
                                                        String.join(", ", table.key()),
                                                        table.name()))));
            }
        }
        return found;
    }

    private static Invariant of(Catalogue.Table table, Catalogue.Reference reference) {
        var given = new ArrayList<String>();
        var same = new ArrayList<String>();
        for (var i = 0; i < reference.columns().size(); i++) {
            given.add("c." + reference.columns().get(i) + " is not null");
            same.add(
                    "p.%s = c.%s"
                            .formatted(reference.toColumns().get(i), reference.columns().get(i)));
        }
        var columns = String.join("-", reference.columns()).replace('_', '-');
        return new Invariant(
                "reference-" + table.name().replace('_', '-') + "-" + columns,
                "'%s' of '%s' names a row of '%s'"
                        .formatted(
                                String.join(", ", reference.columns()),
                                table.name(),
                                reference.to()),
                RESTORE,
                new Test.None(
                        "select %s from %s c where %s and not exists (select 1 from %s p where %s)"
                                .formatted(
                                        String.join(
                                                ", ",
                                                table.key().stream().map(k -> "c." + k).toList()),
                                        table.name(),
                                        String.join(" and ", given),
                                        reference.to(),
                                        String.join(" and ", same))));
    }
}
