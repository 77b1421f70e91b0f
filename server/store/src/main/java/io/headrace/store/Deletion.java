package io.headrace.store;

import io.headrace.engine.StoreException;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.project.ProjectStore.Remains;
import io.headrace.engine.run.AttemptId;
import io.headrace.store.Operation.Turn;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes projects. A project can have a million runs, so it is hidden at once, and its rows go in
 * portions, between which others write. What a crash leaves is deleted at the next start; its logs
 * and artifacts are found by the sweep that follows.
 */
final class Deletion {

    private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);
    private static final int PORTION = 20;

    private final Core core;

    Deletion(Core core) {
        this.core = core;
    }

    boolean delete(ProjectId id, Consumer<Remains> leaves) {
        var there =
                core.writer()
                        .call(
                                Turn.PROJECT,
                                id.value(),
                                transaction -> hide(transaction, id.value()));
        if (there) {
            purge(id.value(), leaves);
        }
        return there;
    }

    /** Goes on with what was begun before a crash. */
    void resume() {
        try {
            purgeHidden();
        } catch (StoreException e) {
            LOG.info("Deleting the rest of a project is left to the next start", e);
        }
    }

    private void purgeHidden() {
        core.readers()
                .read(sql ->
                        sql.list("select id from project where deleted = 1", row -> row.number(1)))
                .forEach(project -> purge(project, _ -> {}));
    }

    private static boolean hide(Transaction transaction, long project) throws SQLException {
        var sql = transaction.sql();
        var hidden =
                sql.update(
                        "update project set deleted = 1, name_key = ? where id = ?"
                                + " and deleted = 0",
                        "-" + project,
                        project);
        deleteSecrets(sql, project);
        // Without its counter, no further run is accepted.
        sql.update("delete from run_number where project_id = ?", project);
        return hidden == 1;
    }

    private static void deleteSecrets(Sql sql, long project) throws SQLException {
        sql.update("delete from secret where project_id = ?", project);
        sql.update("delete from source_login where project_id = ?", project);
        sql.update("delete from project_share where project_id = ?", project);
    }

    private void purge(long project, Consumer<Remains> leaves) {
        var more = true;
        while (more) {
            var portion =
                    core.writer()
                            .call(
                                    Turn.PROJECT,
                                    project,
                                    transaction -> deletePortion(transaction, project));
            leaves.accept(portion.remains());
            more = portion.more();
        }
    }

    private record Portion(Remains remains, boolean more) {}

    private Portion deletePortion(Transaction transaction, long project) throws SQLException {
        var remains = new Remains(new HashSet<>(), new HashSet<>());
        var sql = transaction.sql();
        var runs =
                sql.list(
                        "select id from run where project_id = ? order by id desc"
                                + " fetch first "
                                + PORTION
                                + " rows only",
                        row -> row.number(1),
                        project);
        for (var run : runs) {
            deleteRun(transaction, run, remains);
        }
        if (runs.size() == PORTION) {
            return new Portion(remains, true);
        }
        sql.update("delete from project where id = ?", project);
        return new Portion(remains, false);
    }

    private void deleteRun(Transaction transaction, long run, Remains remains) throws SQLException {
        var sql = transaction.sql();
        // Locks the run, so that nothing is claimed, reported or stopped meanwhile.
        if (RunRow.lock(transaction, run).isEmpty()) {
            return;
        }
        note(sql, run, remains);
        for (var job : JobRow.unfinished(sql, run)) {
            if (job.attempt() != null && !core.queueing().withdraw(transaction, job, "")) {
                LiveRow.forget(transaction, job.attempt());
            }
        }
        sql.update("delete from artifact where run_id = ?", run);
        sql.update("delete from dead_letter where run_id = ?", run);
        for (var job : sql.list("select id from job where run_id = ?", row -> row.number(1), run)) {
            for (var table : List.of("step_try", "step", "attempt", "retrying", "need", "waiter")) {
                sql.update("delete from " + table + " where job_id = ?", job);
            }
        }
        for (var table : List.of("gate", "job", "run_document", "run_key", "retry_policy")) {
            sql.update("delete from " + table + " where run_id = ?", run);
        }
        for (var owner :
                sql.list(
                        "select job_id from lock_holder where run_id = ?"
                                + " union select job_id from lock_waiter where run_id = ?",
                        row -> row.number(1),
                        run,
                        run)) {
            core.queueing().locks().release(transaction, run, owner);
        }
        sql.update("delete from run where id = ?", run);
    }

    private static void note(Sql sql, long run, Remains remains) throws SQLException {
        remains.blobs()
                .addAll(
                        sql.list(
                                "select sha256 from artifact where run_id = ? and expired = 0",
                                row -> row.text(1),
                                run));
        remains.attempts()
                .addAll(
                        sql.list(
                                "select a.id from job j join attempt a --DERBY-PROPERTIES"
                                        + " joinStrategy=NESTEDLOOP\n"
                                        + " on a.job_id = j.id where j.run_id = ?",
                                row -> new AttemptId(row.number(1)),
                                run));
        remains.attempts()
                .addAll(
                        sql.list(
                                "select attempt_id from job where run_id = ?"
                                        + " and attempt_id is not null",
                                row -> new AttemptId(row.number(1)),
                                run));
    }
}
