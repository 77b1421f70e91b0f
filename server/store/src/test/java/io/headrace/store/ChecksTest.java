package io.headrace.store;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.backup.Progress;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What does not fit together in a database is found, named and told. */
class ChecksTest extends StoresTest {

    private Findings check() {
        return Databases.check(database.config(), Progress.NONE);
    }

    private void change(String update) throws SQLException {
        var config = database.config();
        try (var connection =
                        DriverManager.getConnection(
                                config.url(), config.user(), config.password());
                var sql = new Sql(connection)) {
            assertThat(sql.update(update)).as(update).isPositive();
        }
    }

    @Test
    void whatTheServerWritesIsSound() {
        History.write(site);
        stores.close();

        var findings = check();

        assertThat(findings.broken()).isEmpty();
        assertThat(findings.isSound()).isTrue();
        assertThat(findings.checked())
                .doesNotHaveDuplicates()
                .contains(
                        "run-jobs-left",
                        "live-lease",
                        "gate-open-needs",
                        "reference-job-run-id",
                        "status-of-attempt");
        reopen();
    }

    /** What each damage breaks; it may break more. */
    private static final Map<String, String> DAMAGES =
            Map.ofEntries(
                    entry("run-jobs-left", "update run set jobs_left = 9 where number = 3"),
                    entry("run-jobs-bad", "update run set jobs_bad = 0 where number = 2"),
                    entry(
                            "run-ends-with-its-jobs",
                            "update run set finished_at = null where number = 1"),
                    entry(
                            "lock-holder-goes-on",
                            "insert into lock_holder (lock_key, run_id, job_id, since)"
                                    + " values ('l/*/x', 17, 0, 1)"),
                    entry(
                            "lock-waiter-goes-on",
                            "insert into lock_waiter (lock_key, run_id, job_id, slots, supersedes)"
                                    + " values ('l/*/x', 17, 0, 1, 0)"),
                    entry(
                            "job-waits-in-a-line",
                            "update job set status = 3 where job_key = 'delayed'"),
                    entry("run-number", "update run_number set last_number = 3"),
                    entry("job-has-its-attempt", "delete from live where job_key = 'queued'"),
                    entry(
                            "job-keeps-its-last-attempt",
                            "update job set attempt_id = 17 where job_key = 'done'"),
                    entry(
                            "job-counts-its-attempts",
                            "update job set attempt_number = 7 where job_key = 'broken'"),
                    entry(
                            "live-run-goes-on",
                            "update live set run_id = 17 where job_key = 'delayed'"),
                    entry("live-job-knows-it", "update live set number = 5"),
                    entry("live-lease", "update live set worker = null where job_key = 'runs'"),
                    entry("gate-failed-needs", "update gate set failed_needs = 1"),
                    entry("gate-open-needs", "update gate set open_needs = 2"),
                    entry("reference-run-rerun-of", "update run set rerun_of = 17"),
                    entry("reference-job-kept-from", "update job set kept_from = 17"));

    @Test
    void whatDoesNotFitIsNamed() throws SQLException {
        History.write(site);
        stores.close();
        for (var damage : DAMAGES.values()) {
            change(damage);
        }

        assertThat(check().broken())
                .extracting(Findings.Broken::invariant)
                .containsAll(DAMAGES.keySet());
        reopen();
    }

    @Test
    void aJobThatWaitsForNothingIsFound() throws SQLException {
        History.write(site);
        stores.close();
        change("update gate set open_needs = 0 where open_needs > 0");

        assertThat(check().broken())
                .extracting(Findings.Broken::invariant)
                .containsExactly("job-waits-for-something", "gate-open-needs");
        reopen();
    }

    @Test
    void aFindingSaysWhereAndWhatToDo() throws SQLException {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("build").build()));
        stores.close();
        change("update run set jobs_left = 3");

        var broken = check().broken();

        assertThat(broken).hasSize(1);
        assertThat(broken.getFirst())
                .hasToString(
                        """
                        run-jobs-left: a run counts its jobs that are not over
                          run %s (%d) says 3, and there are 1
                          → cancel the run; if it does not end, stop the server, delete its row from 'live', and report it with this output\
                        """
                                .formatted(run, run.value()));
        reopen();
    }

    @Test
    void ofManyRowsTheFirstAreShown() throws SQLException {
        var project = site.project("shop");
        for (var i = 0; i < 25; i++) {
            site.accept(project, Plans.of(Plans.job("build").build()));
        }
        stores.close();
        change("update live set worker = 'nobody'");

        var lease =
                check().broken().stream()
                        .filter(broken -> broken.invariant().equals("live-lease"))
                        .findFirst()
                        .orElseThrow();

        assertThat(lease.count()).isEqualTo(25);
        assertThat(lease.rows()).hasSize(20);
        assertThat(lease).asString().contains("\n  and 5 more\n");
        reopen();
    }

    @Test
    void everyReferenceOfTheSchemaIsChecked() throws SQLException {
        stores.close();
        var config = database.config();
        try (var connection =
                DriverManager.getConnection(config.url(), config.user(), config.password())) {
            var tables = Catalogue.read(connection).tables();
            var invariants = new HashSet<>(check().checked());

            for (var table : tables) {
                for (var reference : table.references()) {
                    assertThat(invariants)
                            .contains(
                                    "reference-%s-%s"
                                            .formatted(
                                                    table.name().replace('_', '-'),
                                                    String.join("-", reference.columns())
                                                            .replace('_', '-')));
                }
            }
            assertThat(tables.stream().flatMap(table -> table.references().stream()))
                    .hasSizeGreaterThan(15);
            assertThat(List.copyOf(invariants)).hasSizeGreaterThan(30);
        }
        reopen();
    }
}
