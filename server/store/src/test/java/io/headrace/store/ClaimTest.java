package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.QueuedJob;
import io.headrace.language.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who gets which job. */
class ClaimTest extends StoresTest {

    @Test
    void theHighestPriorityGoesFirstThenTheOldest() {
        var project = site.project("shop");
        site.accept(project, Plans.of(Plans.job("low").priority(1).build()));
        pass(Duration.ofSeconds(1));
        site.accept(project, Plans.of(Plans.job("high").priority(9).build()));
        pass(Duration.ofSeconds(1));
        site.accept(project, Plans.of(Plans.job("low2").priority(1).build()));

        assertThat(stores.runs().queue(10))
                .extracting(QueuedJob::key)
                .containsExactly("high", "low", "low2");
        assertThat(Site.keys(site.claim(10))).containsExactly("high", "low", "low2");
    }

    @Test
    void aWorkerGetsOnlyWhatItCanRun() {
        site.accept(
                site.project("shop"),
                Plans.of(
                        Plans.job("gpu").labels("gpu", "linux").priority(9).build(),
                        Plans.job("arm").pool("arm").build(),
                        Plans.job("linux").labels("linux").build(),
                        Plans.job("any").build()));
        var runs = stores.runs();

        var plain = runs.claim("w", List.of("default"), Set.of("linux"), 10, Site.LEASE);
        var nobody = runs.claim("w", List.of("windows"), Set.of("linux", "gpu"), 10, Site.LEASE);
        var all =
                runs.claim("w", List.of("default", "arm"), Set.of("linux", "gpu"), 10, Site.LEASE);

        assertThat(Site.keys(plain)).containsExactly("linux", "any");
        assertThat(nobody).isEmpty();
        assertThat(Site.keys(all)).containsExactlyInAnyOrder("gpu", "arm");
    }

    @Test
    void theQueueTellsPlacesByPool() {
        site.accept(
                site.project("shop"),
                Plans.of(
                        Plans.job("a").labels("linux").build(),
                        Plans.job("b").pool("arm").build(),
                        Plans.job("c").build()));

        var queue = stores.runs().queue(10);

        assertThat(queue).extracting(QueuedJob::key).containsExactly("a", "b", "c");
        assertThat(queue).extracting(QueuedJob::position).containsExactly(1, 1, 2);
        assertThat(queue.getFirst().labels()).containsExactly("linux");
        assertThat(queue.getFirst().project()).isEqualTo("shop");
        assertThat(queue.getFirst().runNumber()).isEqualTo(1);
        assertThat(stores.runs().queue(2)).hasSize(2);
    }

    @Test
    void theDepthCountsWhatWaitsAndWhatRuns() {
        assertThat(stores.runs().depth().oldest()).isNull();
        var run =
                site.accept(
                        site.project("shop"),
                        Plans.of(
                                Plans.job("a").build(),
                                Plans.job("b").build(),
                                Plans.job("c").build()));
        site.claim();

        var depth = stores.runs().depth();

        assertThat(depth.queued()).isEqualTo(2);
        assertThat(depth.running()).isEqualTo(1);
        assertThat(depth.oldest()).isEqualTo(site.run(run).createdAt());
    }

    @Test
    void whatWasCancelledIsNotGivenToAnybody() {
        var project = site.project("shop");
        var cancelled = site.accept(project, Plans.of(Plans.job("a").build()));
        site.accept(project, Plans.of(Plans.job("b").build()));

        stores.runs().cancel(cancelled, "cancelled by ada");

        assertThat(stores.runs().queue(1)).extracting(QueuedJob::key).containsExactly("b");
        assertThat(Site.keys(site.claim(1))).containsExactly("b");
        assertThat(stores.runs().depth().queued()).isZero();
    }

    @Test
    void noJobIsGivenToTwo() throws InterruptedException {
        var project = site.project("shop");
        var jobs =
                IntStream.range(0, 400)
                        .mapToObj(number -> Plans.job("job-" + number).build())
                        .toArray(Plan.Job[]::new);
        site.accept(project, Plans.of(jobs));
        var given = new ConcurrentLinkedQueue<AttemptId>();
        var begin = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (var number = 0; number < 8; number++) {
            var worker = "worker-" + number;
            threads.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            begin.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        while (true) {
                            var claims =
                                    stores.runs()
                                            .claim(
                                                    worker,
                                                    List.of("default"),
                                                    Set.of(),
                                                    3,
                                                    Site.LEASE);
                            if (claims.isEmpty()) {
                                return;
                            }
                            claims.forEach(claim -> given.add(claim.attempt()));
                        }
                    }));
        }

        begin.countDown();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(given).hasSize(400).doesNotHaveDuplicates();
    }
}
