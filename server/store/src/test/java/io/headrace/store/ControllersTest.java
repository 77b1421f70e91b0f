package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.Stores;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several controllers on one PostgreSQL database. */
class ControllersTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private TestDatabase database;
    private Stores one;
    private Stores two;

    @BeforeEach
    void openBoth() {
        database = TestDatabase.Kind.POSTGRESQL.create();
        one = database.open();
        two = database.open();
    }

    @AfterEach
    void closeBoth() {
        one.close();
        two.close();
        database.close();
    }

    @Test
    void eachHasANumberOfItsOwn() {
        assertThat(one.ids().next() >> 12 & 1023).isNotEqualTo(two.ids().next() >> 12 & 1023);
        assertThat(one.installation()).isEqualTo(two.installation());
    }

    @Test
    void eachHearsOfWhatTheOtherDid() {
        var site = new Site(one);
        var run = site.newRun(site.project("shop"), Plans.of(Plans.job("a").build()));
        var changed = new CompletableFuture<Boolean>();
        var queued = new CompletableFuture<Boolean>();
        two.runs()
                .onChanged(runs -> {
                    if (runs.contains(run.id())) {
                        changed.complete(true);
                    }
                });
        two.runs().onQueued(() -> queued.complete(true));

        one.runs().accept(run);

        assertThat(changed).succeedsWithin(SOON);
        assertThat(queued).succeedsWithin(SOON);
    }

    @Test
    void whatOneCancelsTheOtherIsToldToStop() {
        var site = new Site(one);
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        new Site(two).claim("a");
        var stopped = new CompletableFuture<Boolean>();
        two.runs().onStopped(runs -> stopped.complete(runs.contains(run)));

        one.runs().cancel(run, "cancelled by ada");

        assertThat(stopped).succeedsWithin(SOON).isEqualTo(true);
    }

    @Test
    void aDutyIsDoneByOneAtATime() {
        var time = Duration.ofMinutes(1);

        assertThat(one.duties().hold("expiry", time)).isTrue();
        assertThat(two.duties().hold("expiry", time)).isFalse();
        assertThat(one.duties().hold("expiry", time)).isTrue();
        assertThat(two.duties().hold("strays", time)).isTrue();

        database.pass(time.plusSeconds(1));
        assertThat(two.duties().hold("expiry", time)).as("the first one is dead").isTrue();
        assertThat(one.duties().hold("expiry", time)).isFalse();
    }

    @Test
    void aNumberIsNotGivenAgainSoon() {
        var number = two.ids().next() >> 12 & 1023;
        two.close();

        two = database.open();

        assertThat(two.ids().next() >> 12 & 1023).isNotEqualTo(number);
    }

    @Test
    void noJobIsGivenToTwoAndEachRunEnds() throws InterruptedException {
        var site = new Site(one);
        var project = site.project("shop");
        var runs = new ArrayList<RunId>();
        for (var i = 0; i < 40; i++) {
            runs.add(
                    new Site(i % 2 == 0 ? one : two)
                            .accept(
                                    project,
                                    Plans.of(
                                            Plans.job("a").build(),
                                            Plans.job("b").build(),
                                            Plans.job("c", "a", "b").build())));
        }
        var given = new ConcurrentLinkedQueue<AttemptId>();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 6; i++) {
            var stores = i % 2 == 0 ? one : two;
            var worker = "worker-" + i;
            threads.add(Thread.startVirtualThread(() -> work(stores.runs(), worker, given)));
        }
        for (var thread : threads) {
            thread.join();
        }

        // What one left to the other while both were at the same run.
        work(one.runs(), "sweeper", given);

        assertThat(given).hasSize(120).doesNotHaveDuplicates();
        assertThat(runs).allMatch(run -> site.run(run).status() == Status.SUCCEEDED);
        assertThat(two.runs().depth().queued()).isZero();
    }

    private static void work(RunStore runs, String worker, ConcurrentLinkedQueue<AttemptId> given) {
        while (true) {
            var claims = runs.claim(worker, List.of("default"), Set.of(), 2, Site.LEASE);
            if (claims.isEmpty()) {
                return;
            }
            for (Claim claim : claims) {
                given.add(claim.attempt());
                var _ = runs.stepStarted(claim, 0, "run");
                runs.finish(claim, RunStore.Ending.of(Status.SUCCEEDED, ""));
            }
        }
    }
}
