package io.headrace.store;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.queue.PoolRules;
import io.headrace.engine.queue.QueueStore;
import io.headrace.engine.queue.Share;
import java.sql.SQLException;
import java.util.List;

/** What projects and pools may have and what they have, in a database. */
final class DatabaseQueue implements QueueStore {

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
