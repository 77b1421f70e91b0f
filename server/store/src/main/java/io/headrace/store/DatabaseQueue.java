package io.headrace.store;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.queue.PoolRules;
import io.headrace.engine.queue.QueueStore;
import io.headrace.engine.queue.Share;
import io.headrace.engine.run.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What projects and pools may have and what they have, in a database. */
final class DatabaseQueue implements QueueStore {

    private static final int MOST_TIMES = 2000;

    private final Core core;

    DatabaseQueue(Core core) {
        this.core = core;
    }

    @Override
    public Share share(ProjectId project) {
        return core.readers()
                .read(sql ->
                        sql.first(
                                "select weight, max_running from project_share"
                                        + " where project_id = ?",
                                row -> new Share(row.small(1), row.smallOrNull(2)),
                                project.value()))
                .orElse(Share.DEFAULT);
    }

    @Override
    public boolean share(ProjectId project, Share share) {
        return core.writer()
                .change(transaction -> {
                    var sql = transaction.sql();
                    if (!sql.exists(
                            "select 1 from project where id = ? and deleted = 0",
                            project.value())) {
                        return false;
                    }
                    var there =
                            sql.update(
                                    "update project_share set weight = ?, max_running = ?"
                                            + " where project_id = ?",
                                    share.weight(),
                                    share.maxRunning(),
                                    project.value());
                    if (there == 0) {
                        sql.update(
                                "insert into project_share (project_id, weight, max_running)"
                                        + " values (?, ?, ?)",
                                project.value(),
                                share.weight(),
                                share.maxRunning());
                    }
                    transaction.queue().ruled(transaction);
                    return true;
                });
    }

    @Override
    public List<PoolRules> rules() {
        return core.readers()
                .read(sql ->
                        sql.list(
                                "select name, max_running, jobs_per_worker, min_workers,"
                                        + " max_workers from pool_rule order by name",
                                row ->
                                        new PoolRules(
                                                row.text(1),
                                                row.smallOrNull(2),
                                                row.small(3),
                                                row.small(4),
                                                row.small(5))));
    }

    @Override
    public void rule(PoolRules rules) {
        core.writer()
                .change(transaction -> {
                    var sql = transaction.sql();
                    sql.update("delete from pool_rule where name = ?", rules.pool());
                    sql.update(
                            "insert into pool_rule (name, max_running, jobs_per_worker,"
                                    + " min_workers, max_workers) values (?, ?, ?, ?, ?)",
                            rules.pool(),
                            rules.maxRunning(),
                            rules.jobsPerWorker(),
                            rules.minWorkers(),
                            rules.maxWorkers());
                    transaction.queue().ruled(transaction);
                    return true;
                });
    }

    @Override
    public boolean forgetRule(String pool) {
        return core.writer()
                .change(transaction -> {
                    var there =
                            transaction.sql().update("delete from pool_rule where name = ?", pool);
                    transaction.queue().ruled(transaction);
                    return there > 0;
                });
    }

    @Override
    public List<Load> loads() {
        return core.queue().pools(core).stream()
                .filter(count -> count.queued() + count.running() > 0)
                .map(count ->
                        new Load(
                                count.pool(),
                                count.queued(),
                                count.running(),
                                count.oldest() == null ? null : Times.instant(count.oldest())))
                .toList();
    }

    @Override
    public List<Took> took(ProjectId project, int runs) {
        return core.readers().read(sql -> took(sql, project, runs));
    }

    private static List<Took> took(Sql sql, ProjectId project, int runs) throws SQLException {
        var newest =
                sql.list(
                        "select r.id from run r --DERBY-PROPERTIES index=RUN_OF_PROJECT_STATUS\n"
                                + " where r.project_id = ? and r.status = ? order by r.id desc"
                                + " fetch first %d rows only".formatted(runs),
                        row -> row.number(1),
                        project.value(),
                        Status.SUCCEEDED);
        var took = new ArrayList<Took>();
        for (var run : newest) {
            if (took.size() >= MOST_TIMES) {
                break;
            }
            took.addAll(
                    sql.list(
                            "select name, lane, started_at, finished_at from job where run_id = ?"
                                    + " and status = ? and kept_from is null"
                                    + " and started_at is not null and finished_at is not null"
                                    + " fetch first 1000 rows only",
                            row ->
                                    new Took(
                                            project,
                                            row.text(1),
                                            Lane.parse(row.text(2)).pool(),
                                            Duration.between(row.time(3), row.time(4))),
                            run,
                            Status.SUCCEEDED));
        }
        return took;
    }

    @Override
    public List<Part> parts() {
        return core.readers().read(DatabaseQueue::parts);
    }

    private static List<Part> parts(Sql sql) throws SQLException {
        var shares = new Shares();
        shares.readRules(sql);
        shares.readRunning(sql);
        return shares.pools().stream()
                .flatMap(pool -> pool.members().stream())
                .map(member ->
                        new Part(
                                member.pool().name(),
                                new ProjectId(member.project()),
                                member.share(),
                                member.running()))
                .toList();
    }
}
