package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Status;
import io.headrace.language.Plan;
import org.junit.jupiter.api.Test;

/** What the end of a job means for the jobs that need it, and for the run. */
class ConsequencesTest extends StoresTest {

    private RunId accept(Plan plan) {
        return site.accept(site.project("shop"), plan);
    }

    private void expect(RunId run, String key, Status status, String reason) {
        var job = site.job(run, key);
        assertThat(job.status()).as(key).isEqualTo(status);
        assertThat(job.reason()).as(key).isEqualTo(reason);
    }

    @Test
    void whateverNeedsAFailedJobIsCancelledDirectlyOrNot() {
        var run =
                accept(
                        Plans.of(
                                Plans.job("build").build(),
                                Plans.job("lint").build(),
                                Plans.job("test", "build", "lint").build(),
                                Plans.job("pack", "test").build()));

        site.fail(site.claim("build"));

        expect(run, "build", Status.FAILED, "exit code 1");
        expect(run, "test", Status.CANCELLED, "needs 'build', which failed");
        expect(run, "pack", Status.CANCELLED, "needs 'build', which failed");
        assertThat(site.run(run).status()).isEqualTo(Status.RUNNING);
        site.succeed(site.claim("lint"));
        assertThat(site.run(run).status()).isEqualTo(Status.FAILED);
        assertThat(site.run(run).reason()).isEqualTo("job 'build' failed: exit code 1");
    }

    @Test
    void aJobThatCouldNotBeRunMakesTheRunErrored() {
        var run =
                accept(
                        Plans.of(
                                Plans.job("lint").build(),
                                Plans.job("build").build(),
                                Plans.job("test", "build").build()));
        site.fail(site.claim("lint"));

        stores.runs()
                .finish(site.claim("build"), RunStore.Ending.of(Status.ERRORED, "no such image"));

        expect(run, "test", Status.CANCELLED, "needs 'build', which could not be run");
        assertThat(site.run(run).status()).isEqualTo(Status.ERRORED);
        assertThat(site.run(run).reason()).isEqualTo("job 'build' could not be run: no such image");
    }

    @Test
    void aJobThatMayFailHoldsNobodyUp() {
        var run =
                accept(
                        Plans.of(
                                Plans.job("lint").mayFail().build(),
                                Plans.job("test", "lint").build()));

        site.fail(site.claim("lint"));
        site.succeed(site.claim("test"));

        expect(run, "lint", Status.FAILED, "exit code 1");
        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aSkippedJobSatisfiesWhatNeedsIt() {
        var run = accept(Plans.of(Plans.job("a").build(), Plans.job("b", "a").build()));

        stores.runs().finish(site.claim("a"), RunStore.Ending.of(Status.SKIPPED, "not on main"));
        site.succeed(site.claim("b"));

        expect(run, "a", Status.SKIPPED, "not on main");
        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aDeferredJobRunsOnceAllItsNeedsAreOver() {
        var run =
                accept(
                        Plans.of(
                                Plans.job("build").build(),
                                Plans.job("lint").build(),
                                Plans.job("test", "build").build(),
                                Plans.job("tell", "test", "lint").deferred().build()));

        site.fail(site.claim("build"));
        expect(run, "test", Status.CANCELLED, "needs 'build', which failed");
        expect(run, "tell", Status.PENDING, "");
        site.succeed(site.claim("lint"));
        var tell = site.claim("tell");

        assertThat(tell.needsFailed()).isTrue();
        site.succeed(tell);
        assertThat(site.run(run).status()).isEqualTo(Status.FAILED);
        assertThat(site.run(run).reason()).isEqualTo("job 'build' failed: exit code 1");
    }

    @Test
    void aDeferredJobLearnsThatNothingFailed() {
        accept(Plans.of(Plans.job("build").build(), Plans.job("tell", "build").deferred().build()));

        site.succeed(site.claim("build"));

        assertThat(site.claim("tell").needsFailed()).isFalse();
    }

    @Test
    void whatNeedsADeferredJobFollowsIt() {
        var run =
                accept(
                        Plans.of(
                                Plans.job("build").build(),
                                Plans.job("tell", "build").deferred().build(),
                                Plans.job("log", "tell").build()));

        site.fail(site.claim("build"));
        site.succeed(site.claim("tell"));
        site.succeed(site.claim("log"));

        assertThat(site.run(run).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void theFirstFailureCancelsAllOthersIfThePlanSaysSo() {
        var run =
                accept(
                        Plans.failFast(
                                Plans.job("a").build(),
                                Plans.job("b").build(),
                                Plans.job("c").build(),
                                Plans.job("d", "b").deferred().build()));
        var claims = site.claim(2);

        site.fail(claims.getFirst());

        expect(run, "c", Status.CANCELLED, "job 'a' failed; fail_fast is on");
        expect(run, "d", Status.CANCELLED, "job 'a' failed; fail_fast is on");
        var renewal = stores.runs().renew(claims, Site.LEASE);
        assertThat(renewal.lost()).containsExactly(claims.getFirst().attempt());
        assertThat(renewal.cancelled()).containsExactly(claims.getLast().attempt());
        assertThat(site.run(run).status()).isEqualTo(Status.RUNNING);
        stores.runs().finish(claims.getLast(), RunStore.Ending.of(Status.CANCELLED, "stopped"));
        assertThat(site.run(run).status()).isEqualTo(Status.FAILED);
        assertThat(site.run(run).reason()).isEqualTo("job 'a' failed: exit code 1");
        assertThat(site.claim(1)).isEmpty();
    }

    @Test
    void aFailureThatIsAllowedStopsNothing() {
        var run = accept(Plans.failFast(Plans.job("a").mayFail().build(), Plans.job("b").build()));

        site.fail(site.claim("a"));
        site.succeed(site.claim("b"));

        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aJobThatItsWorkerGaveUpMakesTheRunCancelled() {
        var run = accept(Plans.of(Plans.job("a").build(), Plans.job("b", "a").build()));

        stores.runs().finish(site.claim(), RunStore.Ending.of(Status.CANCELLED, "stopped"));

        expect(run, "b", Status.CANCELLED, "needs 'a', which was cancelled");
        assertThat(site.run(run).status()).isEqualTo(Status.CANCELLED);
        assertThat(site.run(run).reason()).isEqualTo("job 'a' was cancelled: stopped");
    }
}
