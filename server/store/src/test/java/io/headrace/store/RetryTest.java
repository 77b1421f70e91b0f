package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.retry.Failure;
import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Further attempts. */
class RetryTest extends StoresTest {

    @Test
    void aFailedJobHasTheTriesThatItsPlanGives() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").retries(2).build()));

        site.fail(site.claim());
        var job = site.job(run, "a");
        assertThat(job.status()).isEqualTo(Status.QUEUED);
        assertThat(job.reason()).isEqualTo("attempt 1 failed: exit code 1; trying again (2 of 3)");
        assertThat(job.attempts()).extracting(RunDetail.Attempt::number).containsExactly(1, 2);
        site.fail(site.claim());
        assertThat(site.job(run, "a").reason())
                .isEqualTo("attempt 2 failed: exit code 1; trying again (3 of 3)");
        var third = site.claim();
        assertThat(third.number()).isEqualTo(3);
        site.fail(third);

        assertThat(site.job(run, "a").reason()).isEqualTo("attempt 3 failed: exit code 1");
        assertThat(site.job(run, "a").attempts())
                .extracting(RunDetail.Attempt::status)
                .containsExactly(Status.FAILED, Status.FAILED, Status.FAILED);
        assertThat(site.run(run).reason())
                .isEqualTo("job 'a' failed: attempt 3 failed: exit code 1");
    }

    @Test
    void jobsThatCouldNotBeRunAreTriedTwiceMoreAndCountedApart() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").retries(1).build()));

        site.error(site.claim(), "no disk");
        assertThat(site.job(run, "a").reason())
                .isEqualTo("attempt 1 could not be run: no disk; trying again (2 of 3)");
        site.fail(site.claim());
        assertThat(site.job(run, "a").reason())
                .isEqualTo("attempt 2 failed: exit code 1; trying again (3 of 3)");
        site.error(site.claim(), "no disk");
        assertThat(site.job(run, "a").status()).isEqualTo(Status.QUEUED);
        site.error(site.claim(), "no disk");

        assertThat(site.run(run).status()).isEqualTo(Status.ERRORED);
        assertThat(site.job(run, "a").reason()).isEqualTo("attempt 4 could not be run: no disk");
    }

    @Test
    void nobodyIsTriedAgainUnlessTheWorkerSaysSo() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").retries(2).build()));

        stores.runs().finish(site.claim(), RunStore.Ending.of(Status.FAILED, "bad configuration"));

        assertThat(site.run(run).status()).isEqualTo(Status.FAILED);
        assertThat(site.job(run, "a").reason()).isEqualTo("bad configuration");
    }

    @Test
    void aDelayedRetryWaitsForItsTime() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));

        site.error(site.claim(), "no disk", Failure.RATE_LIMIT);
        assertThat(site.claim(1)).isEmpty();
        assertThat(stores.runs().queue(10)).hasSize(1);
        assertThat(stores.runs().depth().queued()).isEqualTo(1);
        stores.close();
        reopen();
        assertThat(site.claim(1)).isEmpty();
        pass(Duration.ofMinutes(3));

        site.succeed(site.claim());
        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aRetryKeepsItsPlaceInTheQueue() {
        var project = site.project("shop");
        site.accept(project, Plans.of(Plans.job("first").retries(1).build()));
        site.accept(project, Plans.of(Plans.job("second").build()));

        site.fail(site.claim("first"));

        assertThat(Site.keys(site.claim(2))).containsExactly("first", "second");
    }

    @Test
    void theNextAttemptRemembersThatANeedFailed() {
        site.accept(
                site.project("shop"),
                Plans.of(
                        Plans.job("a").build(),
                        Plans.job("tell", "a").deferred().retries(1).build()));
        site.fail(site.claim("a"));

        site.fail(site.claim("tell"));

        assertThat(site.claim("tell").needsFailed()).isTrue();
    }

    @Test
    void aLostWorkersAttemptIsTriedAgain() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        var lost = site.claim();
        pass(Duration.ofSeconds(29));
        assertThat(stores.runs().expireLeases()).isEmpty();
        pass(Duration.ofSeconds(2));

        assertThat(stores.runs().expireLeases()).containsExactly(lost.attempt());

        var job = site.job(run, "a");
        assertThat(job.reason())
                .isEqualTo("attempt 1 could not be run: worker lost; trying again (2 of 3)");
        assertThat(job.attempts().getFirst().status()).isEqualTo(Status.ERRORED);
        assertThat(job.attempts().getFirst().reason()).isEqualTo("worker lost");
        var renewal = stores.runs().renew(List.of(lost), Site.LEASE);
        assertThat(renewal.lost()).containsExactly(lost.attempt());
        site.succeed(site.claim());
        assertThat(site.run(run).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aRenewedLeaseDoesNotRunOut() {
        site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        var claim = site.claim();
        pass(Duration.ofSeconds(20));
        var renewal = stores.runs().renew(List.of(claim), Site.LEASE);
        pass(Duration.ofSeconds(20));

        assertThat(renewal).isEqualTo(new RunStore.Renewal(Set.of(), Set.of()));
        assertThat(stores.runs().expireLeases()).isEmpty();
        assertThat(stores.runs().running("worker-1")).hasSize(1);
    }

    @Test
    void aWorkerThatStartsAgainGivesUpWhatItHad() {
        var project = site.project("shop");
        var run = site.accept(project, Plans.of(Plans.job("a").build(), Plans.job("b").build()));
        var mine = site.claim();
        var other =
                stores.runs()
                        .claim("worker-2", List.of("default"), Set.of(), 1, Site.LEASE)
                        .getFirst();

        var ended = stores.runs().abandon("worker-1", "the server was started again");

        assertThat(ended).containsExactly(mine.attempt());
        assertThat(site.job(run, "a").reason())
                .isEqualTo(
                        "attempt 1 could not be run: the server was started again; trying again (2"
                                + " of 3)");
        assertThat(stores.runs().running(null)).containsExactly(other);
    }
}
