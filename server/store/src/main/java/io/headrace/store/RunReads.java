package io.headrace.store;

import io.headrace.engine.Page;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunFilter;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore.AttemptPlace;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.Status;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads runs for lists. Each filter has its own SQL, so that each finds its index. */
final class RunReads {

    /** Ids in one query. */
    private static final int PORTION = 100;

    private static final String COLUMNS =
            "select r.id, r.project_id,"
                    + " (select p.name from project p where p.id = r.project_id and p.deleted = 0),"
                    + " r.number, r.status, r.reason, r.ref_name, r.branch,"
                    + " r.commit_id, r.message, r.author, r.triggered_by, r.rerun_of, r.created_at,"
                    + " r.started_at, r.finished_at, r.event, r.tag";

    private static final String SUMMARY = COLUMNS + " from run r";

    /** The index that gives a list in its order; Derby would sort the whole history instead. */
    private enum Order {
        RUN_NEWEST,
        RUN_OF_PROJECT,
        RUN_OF_BRANCH,
        RUN_OF_PROJECT_STATUS,
        RUN_BY_BRANCH,
        RUN_BY_STATUS;

        static Order of(RunFilter filter) {
            // Few runs are not over, so their state is the best guide to them.
            var present = filter.status() != null && !filter.status().isTerminal();
            if (filter.branch() != null && !present) {
                return filter.project() == null ? RUN_BY_BRANCH : RUN_OF_BRANCH;
            }
            if (filter.status() != null) {
                return filter.project() == null ? RUN_BY_STATUS : RUN_OF_PROJECT_STATUS;
            }
            return filter.project() == null ? RUN_NEWEST : RUN_OF_PROJECT;
        }

        String select() {
            return COLUMNS + " from run r --DERBY-PROPERTIES index=" + name() + "\n";
        }
    }

    private final Json json;

    RunReads(Json json) {
        this.json = json;
    }

    /** Returns nothing for a run whose project is being deleted. */
    private static Optional<RunSummary> summary(Row row) throws SQLException {
        var project = row.textOrNull(3);
        if (project == null) {
            return Optional.empty();
        }
        var rerunOf = row.numberOrNull(13);
        return Optional.of(
                new RunSummary(
                        new RunId(row.number(1)),
                        new ProjectId(row.number(2)),
                        project,
                        row.number(4),
                        row.status(5),
                        row.text(6),
                        PlanEvent.Type.valueOf(row.text(17)),
                        row.text(7),
                        row.textOrNull(8),
                        row.textOrNull(18),
                        row.text(9),
                        row.text(10),
                        row.text(11),
                        row.text(12),
                        rerunOf == null ? null : new RunId(rerunOf),
                        row.time(14),
                        row.timeOrNull(15),
                        row.timeOrNull(16)));
    }

    Optional<RunSummary> find(Sql sql, RunId id) throws SQLException {
        return sql.first(SUMMARY + " where r.id = ?", RunReads::summary, id.value())
                .flatMap(run -> run);
    }

    Optional<RunSummary> find(Sql sql, String project, long number) throws SQLException {
        var id = projectId(sql, project);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return sql.first(
                        SUMMARY + " where r.project_id = ? and r.number = ?",
                        RunReads::summary,
                        id.get(),
                        number)
                .flatMap(run -> run);
    }

    Page<RunSummary> list(Sql sql, RunFilter filter, @Nullable String after, int limit)
            throws SQLException {
        Cursors.check(limit);
        var where = new ArrayList<String>();
        var parameters = new ArrayList<@Nullable Object>();
        if (filter.project() != null) {
            var project = projectId(sql, filter.project());
            if (project.isEmpty()) {
                return new Page<>(List.of(), null);
            }
            where.add("r.project_id = ?");
            parameters.add(project.get());
        }
        if (filter.status() != null) {
            where.add("r.status = ?");
            parameters.add(filter.status());
        }
        if (filter.branch() != null) {
            where.add("r.branch = ?");
            parameters.add(Texts.fit(filter.branch(), 500));
        }
        var id = Cursors.id(after);
        if (id != null) {
            where.add("r.id < ?");
            parameters.add(id);
        }
        // One row more than the page has tells whether there is another page.
        parameters.add(limit + 1);
        record Found(long id, Optional<RunSummary> run) {}
        var found =
                sql.list(
                        Order.of(filter).select()
                                + (where.isEmpty() ? "" : " where " + String.join(" and ", where))
                                + " order by r.id desc fetch first ? rows only",
                        row -> new Found(row.number(1), summary(row)),
                        parameters.toArray());
        var page = Cursors.page(found, limit, item -> new RunId(item.id()).toString());
        var items = page.items().stream().flatMap(item -> item.run().stream()).toList();
        return new Page<>(items, page.next());
    }

    private static Optional<Long> projectId(Sql sql, String name) throws SQLException {
        return sql.first(
                "select id from project where name_key = ?",
                row -> row.number(1),
                name.toLowerCase(Locale.ROOT));
    }

    Optional<RunSummary> latestFinished(Sql sql, ProjectId project, @Nullable String branch)
            throws SQLException {
        var newest = " and r.finished_at is not null order by r.id desc fetch first 1 rows only";
        var found =
                branch == null
                        ? sql.first(
                                Order.RUN_OF_PROJECT.select() + " where r.project_id = ?" + newest,
                                RunReads::summary,
                                project.value())
                        : sql.first(
                                Order.RUN_OF_BRANCH.select()
                                        + " where r.project_id = ? and r.branch = ?"
                                        + newest,
                                RunReads::summary,
                                project.value(),
                                Texts.fit(branch, 500));
        return found.flatMap(run -> run);
    }

    Optional<Plan> plan(Sql sql, RunId id) throws SQLException {
        return document(sql, id, "plan").map(json::plan);
    }

    Optional<PlanEvent> event(Sql sql, RunId id) throws SQLException {
        return document(sql, id, "event").map(json::event);
    }

    private static Optional<String> document(Sql sql, RunId id, String column) throws SQLException {
        return sql.first(
                "select "
                        + column
                        + " from run_document where run_id = ? and "
                        + column
                        + " is not null",
                row -> row.text(1),
                id.value());
    }

    Optional<AttemptPlace> place(Sql sql, AttemptId id) throws SQLException {
        // First the present, then the past: an attempt goes from one to the other.
        var live = LiveRow.find(sql, id.value());
        if (live.isPresent()) {
            var place = live.get().place();
            return Optional.of(
                    new AttemptPlace(
                            new RunId(place.run()),
                            new JobId(place.job()),
                            place.key(),
                            live.get().number(),
                            live.get().fence() == null ? Status.QUEUED : Status.RUNNING,
                            live.get().startedAt()));
        }
        return sql.first(
                "select j.run_id, j.id, j.job_key, a.number, a.status, a.started_at from attempt a"
                        + " join job j --DERBY-PROPERTIES joinStrategy=NESTEDLOOP\n"
                        + " on j.id = a.job_id where a.id = ?",
                row ->
                        new AttemptPlace(
                                new RunId(row.number(1)),
                                new JobId(row.number(2)),
                                row.text(3),
                                row.small(4),
                                row.status(5),
                                row.timeOrNull(6)),
                id.value());
    }

    /** Returns those that there are of {@code ids}. */
    static Set<Long> attempts(Sql sql, List<Long> ids) throws SQLException {
        var found = new HashSet<Long>();
        // First the present, then the past: an attempt goes from one to the other.
        for (var column :
                List.of("attempt_id from live where attempt_id", "id from attempt where id")) {
            for (var i = 0; i < ids.size(); i += PORTION) {
                var some = ids.subList(i, Math.min(ids.size(), i + PORTION));
                // Filled up, so that there is one statement and not one for each number of ids.
                var values = new ArrayList<@Nullable Object>(some);
                while (values.size() < PORTION) {
                    values.add(some.getFirst());
                }
                found.addAll(
                        sql.list(
                                "select " + column + " in (" + "?, ".repeat(PORTION - 1) + "?)",
                                row -> row.number(1),
                                values.toArray()));
            }
        }
        return found;
    }
}
