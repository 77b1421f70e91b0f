package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.engine.lock.LockView;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Status;
import io.headrace.language.JobTerms;
import io.headrace.language.Plan;
import io.headrace.language.PlanTerms.WhenBusy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Jobs that need locks, and runs that take turns. */
class LocksTest extends StoresTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static Plan locked(String... locks) {
        return Plans.of(Plans.job("a").locks(locks).build());
    }

    private static Plan grouped(WhenBusy whenBusy) {
        return Plans.inGroup("deploy", 1, whenBusy, Plans.job("a").build());
    }

    private void expect(RunId run, String key, Status status, String reason) {
        await().atMost(SOON)
                .untilAsserted(() -> {
                    var job = site.job(run, key);
                    assertThat(job.status()).isEqualTo(status);
                    assertThat(job.reason()).isEqualTo(reason);
                });
    }

    private void expectQueued(RunId run) {
        expect(run, "a", Status.QUEUED, "");
    }

    private void nothingIsHeld() {
        assertThat(stores.locks().list()).isEmpty();
        assertThat(stores.locks().reconcile()).isZero();
    }

    @Test
    void aJobWaitsUntilNobodyHasItsLock() {
        var project = site.project("shop");
        var first = site.accept(project, locked("db"));
        expectQueued(first);
        var second = site.accept(project, locked("db"));

        expect(second, "a", Status.WAITING, "waits for the lock 'db'");
        assertThat(site.claim(5)).extracting(Claim::run).containsExactly(first);

        site.succeed(stores.runs().running(null).getFirst());

        expectQueued(second);
        site.succeed(site.claim());
        nothingIsHeld();
    }

    @Test
    void theLockIsShownWithWhoeverHasItAndWaits() {
        var project = site.project("shop");
        var first = site.accept(project, locked("db"));
        expectQueued(first);
        var second = site.accept(project, locked("db"));

        var locks = stores.locks().list();

        assertThat(locks).hasSize(1);
        var lock = locks.getFirst();
        assertThat(lock.kind()).isEqualTo(LockView.Kind.LOCK);
        assertThat(lock.name()).isEqualTo("db");
        assertThat(lock.project()).isEqualTo("shop");
        assertThat(lock.holders()).extracting(LockView.Owner::run).containsExactly(first);
        assertThat(lock.holders().getFirst().job()).isEqualTo("a");
        assertThat(lock.holders().getFirst().runNumber()).isEqualTo(1);
        assertThat(lock.waiters()).extracting(LockView.Owner::run).containsExactly(second);
    }

    @Test
    void soManyHaveItAsItHasSlots() {
        var project = site.project("shop");
        var runs = new ArrayList<RunId>();
        for (var i = 0; i < 3; i++) {
            runs.add(
                    site.accept(
                            project,
                            Plans.of(Plans.job("a").locks(Plans.lock("licence", 2)).build())));
        }

        expectQueued(runs.get(0));
        expectQueued(runs.get(1));
        expect(runs.get(2), "a", Status.WAITING, "waits for the lock 'licence'");
    }

    @Test
    void locksOfOneProjectAreNotThoseOfAnotherUnlessTheServerSharesThem() {
        var own = new JobTerms.Lock("db", 1, false);
        var shared = new JobTerms.Lock("staging", 1, true);
        var shop = site.accept(site.project("shop"), Plans.of(Plans.job("a").locks(own).build()));
        var desk = site.project("desk");
        var other = site.accept(desk, Plans.of(Plans.job("a").locks(own).build()));
        expectQueued(shop);
        expectQueued(other);

        var first = site.accept(desk, Plans.of(Plans.job("a").locks(shared).build()));
        expectQueued(first);
        var second =
                site.accept(site.project("mill"), Plans.of(Plans.job("a").locks(shared).build()));

        expect(second, "a", Status.WAITING, "waits for the lock 'staging'");
    }

    @Test
    void aJobGetsAllItsLocksAtOnceAndNobodyWhoCameLaterOvertakesIt() {
        var project = site.project("shop");
        var left = site.accept(project, locked("left"));
        expectQueued(left);
        var both = site.accept(project, locked("left", "right"));
        expect(both, "a", Status.WAITING, "waits for the locks 'left' and 'right'");

        // It could have 'right', but then 'both' would wait for ever if others did likewise.
        var right = site.accept(project, locked("right"));
        expect(right, "a", Status.WAITING, "waits for the lock 'right'");

        site.succeed(site.claim());
        expectQueued(both);
        expect(right, "a", Status.WAITING, "waits for the lock 'right'");
        site.succeed(site.claim());
        expectQueued(right);
        site.succeed(site.claim());
        nothingIsHeld();
    }

    @Test
    void aJobKeepsItsLockWhileItIsTriedAgain() {
        var project = site.project("shop");
        var first = site.accept(project, Plans.of(Plans.job("a").locks("db").retries(1).build()));
        expectQueued(first);
        var second = site.accept(project, locked("db"));
        site.fail(site.claim());

        assertThat(site.job(first, "a").status()).isEqualTo(Status.QUEUED);
        expect(second, "a", Status.WAITING, "waits for the lock 'db'");
        site.fail(site.claim());

        assertThat(site.job(first, "a").status()).isEqualTo(Status.FAILED);
        expectQueued(second);
    }

    @Test
    void aJobInTheMiddleOfARunWaitsWhenItsNeedsAreMet() {
        var project = site.project("shop");
        var holder = site.accept(project, locked("db"));
        expectQueued(holder);
        var held = site.claim();
        var run =
                site.accept(
                        project,
                        Plans.of(
                                Plans.job("build").build(),
                                Plans.job("a", "build").locks("db").build()));
        assertThat(site.job(run, "a").status()).isEqualTo(Status.PENDING);

        site.succeed(site.claim("build"));

        expect(run, "a", Status.WAITING, "waits for the lock 'db'");
        site.succeed(held);
        expectQueued(run);
    }

    @Test
    void aJobThatIsCancelledLeavesTheLineAndGivesBackWhatItHas() {
        var project = site.project("shop");
        var first = site.accept(project, locked("db"));
        expectQueued(first);
        var second = site.accept(project, locked("db"));
        var third = site.accept(project, locked("db"));
        expect(second, "a", Status.WAITING, "waits for the lock 'db'");

        stores.runs().cancel(second, "cancelled by ada");
        expect(second, "a", Status.CANCELLED, "cancelled by ada");
        expect(third, "a", Status.WAITING, "waits for the lock 'db'");
        stores.runs().cancel(first, "cancelled by ada");

        expectQueued(third);
        site.succeed(site.claim());
        nothingIsHeld();
    }

    @Test
    void aLockIsGivenBackWhenItsProjectIsDeleted() {
        var shared = new JobTerms.Lock("staging", 1, true);
        var shop = site.project("shop");
        expectQueued(site.accept(shop, Plans.of(Plans.job("a").locks(shared).build())));
        var run = site.accept(site.project("desk"), Plans.of(Plans.job("a").locks(shared).build()));
        expect(run, "a", Status.WAITING, "waits for the lock 'staging'");

        stores.projects().delete(shop, _ -> {});

        expectQueued(run);
    }

    @Test
    void runsOfAGroupTakeTurnsAndNoneIsDropped() {
        var project = site.project("shop");
        var runs = new ArrayList<RunId>();
        for (var i = 0; i < 4; i++) {
            runs.add(site.accept(project, grouped(WhenBusy.WAIT)));
        }

        for (var run : runs) {
            expectQueued(run);
            assertThat(site.claim(5)).extracting(Claim::run).containsExactly(run);
            site.succeed(stores.runs().running(null).getFirst());
            assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
        }
        nothingIsHeld();
    }

    @Test
    void aRunThatWaitsForItsTurnSaysSo() {
        var project = site.project("shop");
        expectQueued(site.accept(project, grouped(WhenBusy.WAIT)));
        var second = site.accept(project, grouped(WhenBusy.WAIT));

        assertThat(site.run(second).status()).isEqualTo(Status.WAITING);
        assertThat(site.run(second).reason()).isEqualTo("waits for its turn in the group 'deploy'");
        expect(second, "a", Status.WAITING, "waits for its turn in the group 'deploy'");
        var group = stores.locks().list().getFirst();
        assertThat(group.kind()).isEqualTo(LockView.Kind.GROUP);
        assertThat(group.waiters().getFirst().job()).isNull();
    }

    @Test
    void aNewRunDoesAwayWithThoseThatWait() {
        var project = site.project("shop");
        var first = site.accept(project, grouped(WhenBusy.CANCEL_WAITING));
        expectQueued(first);
        var second = site.accept(project, grouped(WhenBusy.CANCEL_WAITING));
        var third = site.accept(project, grouped(WhenBusy.CANCEL_WAITING));

        expect(second, "a", Status.CANCELLED, "superseded by run #3 of the group 'deploy'");
        expect(third, "a", Status.WAITING, "waits for its turn in the group 'deploy'");
        assertThat(site.run(first).status()).isEqualTo(Status.QUEUED);
    }

    @Test
    void aNewRunDoesAwayWithThoseThatRunAndTheirWorkersAreTold() {
        var stopped = new CopyOnWriteArrayList<AttemptId>();
        stores.locks().onSuperseded(stopped::addAll);
        var project = site.project("shop");
        var first = site.accept(project, grouped(WhenBusy.CANCEL_RUNNING));
        expectQueued(first);
        var running = site.claim();
        var second = site.accept(project, grouped(WhenBusy.CANCEL_RUNNING));

        await().atMost(SOON).untilAsserted(() -> assertThat(stopped).contains(running.attempt()));
        expect(second, "a", Status.WAITING, "waits for its turn in the group 'deploy'");
        stores.runs()
                .finish(
                        running,
                        io.headrace.engine.run.RunStore.Ending.of(Status.CANCELLED, "stopped"));

        expectQueued(second);
        assertThat(site.run(first).status()).isEqualTo(Status.CANCELLED);
        assertThat(site.run(first).reason())
                .isEqualTo("superseded by run #2 of the group 'deploy'");
    }

    @Test
    void aRunInAGroupStillWaitsForTheLocksOfItsJobs() {
        var project = site.project("shop");
        var holder = site.accept(project, locked("db"));
        expectQueued(holder);
        var run =
                site.accept(
                        project,
                        Plans.inGroup(
                                "deploy", 1, WhenBusy.WAIT, Plans.job("a").locks("db").build()));

        expect(run, "a", Status.WAITING, "waits for the lock 'db'");
        assertThat(site.run(run).status()).isEqualTo(Status.QUEUED);
        site.succeed(site.claim());
        expectQueued(run);
    }

    @Test
    void whatSomebodyWasAboutToGetIsGivenAfterARestart() {
        var project = site.project("shop");
        var first = site.accept(project, locked("db"));
        expectQueued(first);
        var second = site.accept(project, locked("db"));
        var claim = site.claim();
        site.succeed(claim);
        reopen(project, second);

        expectQueued(second);
    }

    private void reopen(ProjectId project, RunId run) {
        stores.close();
        reopen();
        assertThat(site.run(run).projectId()).isEqualTo(project);
    }

    @Test
    void aLockThatIsHeldByNobodyIsTakenBack() throws SQLException {
        var run = site.accept(site.project("shop"), locked("db"));
        expectQueued(run);
        site.succeed(site.claim());
        leak(run);

        assertThat(stores.locks().reconcile()).isEqualTo(1);
        nothingIsHeld();
    }

    /** Writes what no transaction of ours would. */
    private void leak(RunId run) throws SQLException {
        // Closing what connects would close the embedded database, which the test goes on using.
        @SuppressWarnings("resource")
        var vendor = DatabaseStores.connect(database.config(), InstantSource.system());
        try (var connection = vendor.connect();
                var sql = new Sql(connection)) {
            sql.update(
                    "insert into lock_holder (lock_key, run_id, job_id, since)"
                            + " values ('l/*/gone', ?, 0, 0)",
                    run.value());
            connection.commit();
        }
    }

    @Test
    void manyJobsThatWaitForOneLockAllGetIt() {
        var project = site.project("shop");
        var jobs = new ArrayList<Plan.Job>();
        for (var i = 0; i < 60; i++) {
            jobs.add(Plans.job("job-" + i).locks(Plans.lock("port", 3)).build());
        }
        var run = site.accept(project, Plans.of(jobs.toArray(Plan.Job[]::new)));

        var most = 0;
        var done = 0;
        while (done < jobs.size()) {
            await().atMost(SOON).until(() -> stores.runs().depth().queued() > 0);
            var claims = List.copyOf(site.claim(50));
            most = Math.max(most, claims.size());
            claims.forEach(site::succeed);
            done += claims.size();
        }

        assertThat(most).isLessThanOrEqualTo(3);
        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
        nothingIsHeld();
    }
}
