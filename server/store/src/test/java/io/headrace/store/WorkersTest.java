package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.worker.WorkerRegistry.Entry;
import io.headrace.engine.worker.WorkerView;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which workers there are, and what they run. */
class WorkersTest extends StoresTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Entry MILL =
            new Entry("worker-1", "worker", Set.of("default", "gpu"), Set.of("linux"), 4, "1.0");

    @Test
    void aWorkerIsListedWithWhatItRuns() {
        stores.workers().enter(MILL, LEASE);
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        var claim = site.claim("a");

        var worker = stores.workers().list().getFirst();

        assertThat(worker.name()).isEqualTo("worker-1");
        assertThat(worker.kind()).isEqualTo("worker");
        assertThat(worker.pools()).containsExactlyInAnyOrder("default", "gpu");
        assertThat(worker.labels()).containsExactly("linux");
        assertThat(worker.slots()).isEqualTo(4);
        assertThat(worker.state()).isEqualTo(WorkerView.State.ONLINE);
        assertThat(worker.working())
                .singleElement()
                .satisfies(work -> {
                    assertThat(work.attempt()).isEqualTo(claim.attempt());
                    assertThat(work.run()).isEqualTo(run);
                    assertThat(work.project()).isEqualTo("shop");
                    assertThat(work.runNumber()).isEqualTo(1);
                    assertThat(work.job()).isEqualTo("a");
                });
    }

    @Test
    void oneThatIsSilentForLongerThanItsLeaseIsLostAndLaterForgotten() {
        var session = stores.workers().enter(MILL, LEASE);

        database.pass(LEASE.plusSeconds(1));

        assertThat(stores.workers().list().getFirst().state()).isEqualTo(WorkerView.State.LOST);
        assertThat(stores.workers().forget(Duration.ofMinutes(10))).isEmpty();
        database.pass(Duration.ofMinutes(10));
        assertThat(stores.workers().forget(Duration.ofMinutes(10))).containsExactly("worker-1");
        assertThat(stores.workers().list()).isEmpty();
        assertThat(stores.workers().beat(MILL, session, true, LEASE))
                .as("it was only slow, and is there again")
                .isTrue();
        assertThat(stores.workers().list().getFirst().state()).isEqualTo(WorkerView.State.DRAINING);
    }

    @Test
    void oneThatStillHasAnAttemptIsNotForgotten() {
        stores.workers().enter(MILL, LEASE);
        site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        site.claim("a");
        database.pass(Duration.ofHours(1));

        assertThat(stores.workers().forget(Duration.ofMinutes(10))).isEmpty();
        stores.runs().expireLeases();
        assertThat(stores.workers().forget(Duration.ofMinutes(10))).containsExactly("worker-1");
    }

    @Test
    void whoEntersLastHasTheName() {
        var first = stores.workers().enter(MILL, LEASE);
        var second = stores.workers().enter(MILL, LEASE);

        assertThat(stores.workers().beat(MILL, first, false, LEASE)).isFalse();
        stores.workers().leave("worker-1", first);

        assertThat(stores.workers().beat(MILL, second, false, LEASE)).isTrue();
        assertThat(stores.workers().list()).hasSize(1);
        stores.workers().leave("worker-1", second);
        assertThat(stores.workers().list()).isEmpty();
    }

    @Test
    void whoRunsAJobIsToldAtOnceThatItsRunIsCancelled() {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        site.claim("a");
        var stopped = new CompletableFuture<Boolean>();
        stores.runs().onStopped(runs -> stopped.complete(runs.contains(run)));

        stores.runs().cancel(run, "cancelled by ada");

        assertThat(stopped).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
    }
}
