package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.headrace.engine.Refused;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.StaleFence;
import io.headrace.engine.run.Status;
import io.headrace.language.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The life of runs without trouble, and of those that are trouble from the start. */
class LifeTest extends StoresTest {

    @Test
    void aRunIsWrittenWithItsFirstStates() {
        var project = site.project("shop");
        var plan =
                Plans.of(
                        Plans.job("build").matrix(Map.of("java", "25")).build(),
                        Plans.job("docs").when(Plan.Condition.Verdict.SKIPPED, "no docs").build(),
                        Plans.job("test", "build", "docs").build());

        var accepted = stores.runs().accept(site.newRun(project, plan));

        var detail = site.detail(accepted.run());
        assertThat(accepted.number()).isEqualTo(1);
        assertThat(accepted.isNew()).isTrue();
        assertThat(detail.run().status()).isEqualTo(Status.QUEUED);
        assertThat(detail.run().project()).isEqualTo("shop");
        assertThat(detail.run().branch()).isEqualTo("main");
        assertThat(detail.run().commit()).isEqualTo("c0ffee");
        assertThat(detail.jobs())
                .extracting(RunDetail.Job::key, RunDetail.Job::status, RunDetail.Job::reason)
                .containsExactly(
                        tuple("build", Status.QUEUED, ""),
                        tuple("docs", Status.SKIPPED, "no docs"),
                        tuple("test", Status.PENDING, ""));
        assertThat(detail.jobs().getFirst().matrix()).containsExactly(Map.entry("java", "25"));
        assertThat(detail.jobs().getLast().needs()).containsExactly("build", "docs");
        assertThat(detail.jobs().getFirst().attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.status()).isEqualTo(Status.QUEUED));
        assertThat(stores.runs().plan(accepted.run())).contains(plan);
        assertThat(stores.runs().event(accepted.run())).contains(Site.event("main"));
        assertThat(site.runs().find("SHOP", 1)).contains(detail.run());
    }

    @Test
    void aJobIsClaimedRunAndFinished() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("build").build()));

        var claim = site.claim();
        assertThat(site.run(run).status()).isEqualTo(Status.RUNNING);
        stores.runs().stepStarted(claim, 0, "compile").toCompletableFuture().join();
        stores.runs()
                .stepEnded(claim, 0, "compile", Status.SUCCEEDED, "", 0)
                .toCompletableFuture()
                .join();
        stores.runs()
                .stepEnded(claim, 1, "sign", Status.SKIPPED, "not main", null)
                .toCompletableFuture()
                .join();
        site.succeed(claim);

        var detail = site.detail(run);
        assertThat(detail.run().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(detail.run().reason()).isEmpty();
        assertThat(detail.run().startedAt()).isNotNull();
        assertThat(detail.run().finishedAt()).isNotNull();
        var attempt = detail.jobs().getFirst().attempts().getFirst();
        assertThat(attempt.id()).isEqualTo(claim.attempt());
        assertThat(attempt.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(attempt.worker()).isEqualTo("worker-1");
        assertThat(attempt.steps())
                .extracting(RunDetail.Step::name, RunDetail.Step::status, RunDetail.Step::exitCode)
                .containsExactly(
                        tuple("compile", Status.SUCCEEDED, 0), tuple("sign", Status.SKIPPED, null));
        assertThat(attempt.steps().getLast().startedAt()).isNull();
        assertThat(stores.runs().running(null)).isEmpty();
    }

    @Test
    void anAttemptIsFoundInEachOfItsStates() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("build").build()));
        var queued = site.job(run, "build").attempts().getFirst().id();
        assertThat(stores.runs().place(queued).orElseThrow().status()).isEqualTo(Status.QUEUED);

        var claim = site.claim();
        assertThat(claim.attempt()).isEqualTo(queued);
        assertThat(stores.runs().place(queued).orElseThrow().status()).isEqualTo(Status.RUNNING);

        var began = stores.runs().place(queued).orElseThrow().startedAt();
        assertThat(began).isNotNull();
        site.succeed(claim);
        assertThat(stores.runs().place(queued))
                .contains(
                        new RunStore.AttemptPlace(
                                run, claim.job(), "build", 1, Status.SUCCEEDED, began));
    }

    @Test
    void jobsRunInTheOrderOfTheirNeeds() {
        var run =
                site.accept(
                        site.project("shop"),
                        Plans.of(
                                Plans.job("build").build(),
                                Plans.job("lint").build(),
                                Plans.job("test", "build", "lint").build(),
                                Plans.job("pack", "test").build()));

        var first = site.claim(10);
        assertThat(Site.keys(first)).containsExactly("build", "lint");
        site.succeed(first.getFirst());
        assertThat(site.claim(10)).isEmpty();
        site.succeed(first.getLast());
        site.succeed(site.claim("test"));
        assertThat(site.run(run).status()).isEqualTo(Status.RUNNING);
        site.succeed(site.claim("pack"));

        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aRunWithoutAPlanIsErroredAtOnce() {
        var project = site.project("shop");

        var run = stores.runs().accept(site.newRun(project, null)).run();

        assertThat(site.run(run).status()).isEqualTo(Status.ERRORED);
        assertThat(site.run(run).reason()).isEqualTo("the pipeline file has problems");
        assertThat(site.detail(run).jobs()).isEmpty();
        assertThat(stores.runs().plan(run)).isEmpty();
    }

    @Test
    void aPlanInWhichNothingIsLeftToDoEndsAtOnce() {
        var plan =
                Plans.of(Plans.job("docs").when(Plan.Condition.Verdict.SKIPPED, "no docs").build());

        var run = site.accept(site.project("shop"), plan);

        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(site.run(run).reason()).isEqualTo("every job was skipped");
        assertThat(site.claim(1)).isEmpty();
    }

    @Test
    void plansThatCanNeverEndAreRefused() {
        var project = site.project("shop");
        var circle = Plans.of(Plans.job("a", "b").build(), Plans.job("b", "a").build());
        var nowhere = Plans.of(Plans.job("a", "b").build());

        assertThatThrownBy(() -> site.accept(project, circle))
                .isInstanceOf(Refused.class)
                .hasMessage("Jobs of the plan need each other in a circle: [a, b]");
        assertThatThrownBy(() -> site.accept(project, nowhere))
                .isInstanceOf(Refused.class)
                .hasMessage("The plan has no job 'b', but others need it");
    }

    @Test
    void reportsWithAnotherFenceAreRefused() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("build").build()));
        var claim = site.claim();
        site.succeed(claim);

        assertThatThrownBy(() -> site.fail(claim))
                .isInstanceOf(StaleFence.class)
                .hasMessageContaining("is over or belongs to another worker");
        assertThat(stores.runs().stepStarted(claim, 3, "late").toCompletableFuture())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(StaleFence.class);
        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(site.job(run, "build").attempts().getFirst().steps()).isEmpty();
    }

    @Test
    void aReportThatIsNoEndIsRefused() {
        site.accept(site.project("shop"), Plans.of(Plans.job("build").build()));
        var claim = site.claim();

        assertThatThrownBy(
                        () -> stores.runs().finish(claim, RunStore.Ending.of(Status.RUNNING, "")))
                .isInstanceOf(Refused.class)
                .hasMessage("An attempt does not end as RUNNING");
    }

    @Test
    void everythingIsThereAfterARestart() {
        var run =
                site.accept(
                        site.project("shop"),
                        Plans.of(
                                Plans.job("build").build(),
                                Plans.job("lint").build(),
                                Plans.job("pack", "build").build()));
        var claim = site.claim();

        stores.close();
        reopen();

        assertThat(stores.runs().running("worker-1")).containsExactly(claim);
        assertThat(stores.runs().running("another")).isEmpty();
        site.succeed(claim);
        assertThat(Site.keys(site.claim(10))).containsExactly("lint", "pack");
        assertThat(site.run(run).status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void theInstallationKeepsItsName() {
        var name = stores.installation();

        stores.close();
        reopen();

        assertThat(name).matches("[A-Za-z0-9-]{1,36}");
        assertThat(stores.installation()).isEqualTo(name);
        stores.ping();
    }

    @Test
    void aStepThatIsTriedAgainIsOneStep() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("build").build()));
        var claim = site.claim();
        var runs = stores.runs();

        var reports =
                List.of(
                        runs.stepStarted(claim, 0, "flaky"),
                        runs.stepEnded(claim, 0, "flaky", Status.FAILED, "exit code 1", 1),
                        runs.stepStarted(claim, 0, "flaky"),
                        runs.stepEnded(claim, 0, "flaky", Status.SUCCEEDED, "", 0));
        reports.forEach(report -> report.toCompletableFuture().join());

        assertThat(site.job(run, "build").attempts().getFirst().steps())
                .singleElement()
                .satisfies(step -> assertThat(step.status()).isEqualTo(Status.SUCCEEDED));
        assertThat(runs.renew(Set.of(claim), Site.LEASE).lost()).isEmpty();
    }
}
