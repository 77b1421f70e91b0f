package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs that are ended before their time, or after it. */
class StopTest extends StoresTest {

    @Test
    void cancellingEndsWhatWaitsAndTellsWhoRuns() {
        var run =
                site.accept(
                        site.project("shop"),
                        Plans.of(
                                Plans.job("a").build(),
                                Plans.job("b").build(),
                                Plans.job("c", "a").build()));
        var claim = site.claim("a");

        var running = stores.runs().cancel(run, "cancelled by ada");

        assertThat(running).containsExactly(claim.attempt());
        assertThat(site.job(run, "b").status()).isEqualTo(Status.CANCELLED);
        assertThat(site.job(run, "b").reason()).isEqualTo("cancelled by ada");
        assertThat(site.job(run, "b").attempts().getFirst().status()).isEqualTo(Status.CANCELLED);
        assertThat(site.job(run, "c").status()).isEqualTo(Status.CANCELLED);
        assertThat(site.run(run).status()).isEqualTo(Status.RUNNING);
        assertThat(stores.runs().renew(List.of(claim), Site.LEASE).cancelled())
                .containsExactly(claim.attempt());
        assertThat(stores.runs().cancel(run, "again")).containsExactly(claim.attempt());
        stores.runs().finish(claim, RunStore.Ending.of(Status.CANCELLED, "stopped"));
        assertThat(site.run(run).status()).isEqualTo(Status.CANCELLED);
        assertThat(site.run(run).reason()).isEqualTo("cancelled by ada");
        assertThat(stores.runs().cancel(run, "too late")).isEmpty();
        assertThat(site.claim(1)).isEmpty();
        assertThat(stores.runs().depth().queued()).isZero();
    }

    @Test
    void aRunThatDidNotStartEndsAtOnceWhenItIsCancelled() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));

        assertThat(stores.runs().cancel(run, "cancelled by ada")).isEmpty();

        assertThat(site.run(run).status()).isEqualTo(Status.CANCELLED);
        assertThat(site.run(run).finishedAt()).isNotNull();
    }

    @Test
    void cancellingWhatIsNotThereDoesNothing() {
        assertThat(stores.runs().cancel(new RunId(7), "cancelled by ada")).isEmpty();
    }

    @Test
    void aCancelledRunIsNotTriedAgain() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").retries(3).build()));
        var claim = site.claim();
        stores.runs().cancel(run, "cancelled by ada");

        site.fail(claim);

        assertThat(site.job(run, "a").status()).isEqualTo(Status.FAILED);
        assertThat(site.run(run).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void aCancelledRunWhoseWorkerIsLostEndsAsCancelled() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        site.claim();
        stores.runs().cancel(run, "cancelled by ada");
        pass(Duration.ofMinutes(1));

        stores.runs().expireLeases();

        assertThat(site.job(run, "a").status()).isEqualTo(Status.CANCELLED);
        assertThat(site.run(run).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void aRunThatTakesTooLongFails() {
        var plan =
                Plans.limited(
                        Duration.ofMinutes(90), Plans.job("a").build(), Plans.job("b").build());
        var run = site.accept(site.project("shop"), plan);
        pass(Duration.ofHours(3));
        assertThat(stores.runs().expireRuns()).isEmpty();
        var claim = site.claim();
        pass(Duration.ofMinutes(91));

        assertThat(stores.runs().expireRuns()).containsExactly(run);

        assertThat(stores.runs().expireRuns()).isEmpty();
        var reason = "the run took longer than its time limit of 1 h 30 min";
        assertThat(site.job(run, "b").reason()).isEqualTo(reason);
        assertThat(stores.runs().renew(Set.of(claim), Site.LEASE).cancelled())
                .containsExactly(claim.attempt());
        stores.runs().finish(claim, RunStore.Ending.of(Status.CANCELLED, "stopped"));
        assertThat(site.run(run).status()).isEqualTo(Status.FAILED);
        assertThat(site.run(run).reason()).isEqualTo(reason);
    }
}
