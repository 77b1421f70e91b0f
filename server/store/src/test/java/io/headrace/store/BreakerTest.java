package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.engine.breaker.Breaker;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.retry.Dependency;
import io.headrace.engine.retry.Failure;
import java.time.Duration;
import java.util.Collection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How jobs are held as long as what they need is down. */
class BreakerTest extends StoresTest {

    private static final Dependency DOCKER = new Dependency(Dependency.Kind.EXECUTOR, "docker");

    private ProjectId shop;

    @BeforeEach
    void addShop() {
        shop = site.project("shop");
    }

    private void fail(int times) {
        for (var i = 0; i < times; i++) {
            stores.breakers().failed(DOCKER, Failure.SERVICE_DOWN, "the engine is down");
        }
    }

    private Breaker docker() {
        return stores.breakers().list().getFirst();
    }

    /**
     * What another process wrote, as the passing of time does on PostgreSQL, is seen a little
     * later.
     */
    private Collection<String> claimed() {
        return Site.keys(
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> site.claim(5), claims -> !claims.isEmpty()));
    }

    private void queue(String key) {
        site.accept(shop, Plans.of(Plans.job(key).image("alpine:3").build()));
    }

    @Test
    void eightFailuresInARowOpenItAndASuccessBetweenThemDoesNot() {
        fail(7);
        // Claims tell what is known against a dependency.
        site.claim(1);
        stores.breakers().succeeded(DOCKER);
        fail(7);
        assertThat(docker().state()).isEqualTo(Breaker.State.CLOSED);

        fail(1);

        assertThat(docker().state()).isEqualTo(Breaker.State.OPEN);
        assertThat(docker().failures()).isEqualTo(8);
        assertThat(docker().opened()).isEqualTo(1);
        assertThat(docker().reason()).isEqualTo("the engine is down");
    }

    @Test
    void aRateLimitOpensItSooner() {
        for (var i = 0; i < 3; i++) {
            stores.breakers().failed(DOCKER, Failure.RATE_LIMIT, "too many requests");
        }

        assertThat(docker().state()).isEqualTo(Breaker.State.OPEN);
    }

    @Test
    void jobsThatNeedItAreHeldAndOthersAreNot() {
        fail(8);
        queue("held");
        site.accept(shop, Plans.of(Plans.job("free").build()));

        assertThat(Site.keys(site.claim(5))).containsExactly("free");
        assertThat(stores.runs().queue(10))
                .singleElement()
                .satisfies(job -> {
                    assertThat(job.key()).isEqualTo("held");
                    assertThat(job.labels()).isEmpty();
                });
    }

    @Test
    void afterAWhileOneJobTriesAndTwoSuccessesCloseIt() {
        fail(8);
        queue("one");
        queue("two");
        queue("three");
        assertThat(site.claim(5)).isEmpty();
        pass(Duration.ofSeconds(31));

        assertThat(claimed()).containsExactly("one");
        assertThat(site.claim(5)).isEmpty();
        assertThat(docker().state()).isEqualTo(Breaker.State.HALF_OPEN);
        stores.breakers().succeeded(DOCKER);
        assertThat(Site.keys(site.claim(5))).containsExactly("two");
        stores.breakers().succeeded(DOCKER);

        assertThat(docker().state()).isEqualTo(Breaker.State.CLOSED);
        assertThat(Site.keys(site.claim(5))).containsExactly("three");
    }

    @Test
    void aTrialThatFailsOpensItAgain() {
        fail(8);
        queue("one");
        queue("two");
        pass(Duration.ofSeconds(31));
        assertThat(claimed()).containsExactly("one");

        fail(1);

        assertThat(docker().state()).isEqualTo(Breaker.State.OPEN);
        assertThat(docker().opened()).isEqualTo(2);
        assertThat(site.claim(1)).isEmpty();
        pass(Duration.ofSeconds(31));
        assertThat(claimed()).containsExactly("two");
    }

    @Test
    void aTrialThatSaysNothingIsFollowedByAnother() {
        fail(8);
        queue("one");
        queue("two");
        pass(Duration.ofSeconds(31));
        assertThat(claimed()).containsExactly("one");
        pass(Duration.ofMinutes(3));

        assertThat(claimed()).containsExactly("two");
    }

    @Test
    void itIsOpenStillAfterARestart() {
        fail(8);
        queue("held");
        stores.close();
        reopen();

        assertThat(site.claim(5)).isEmpty();
        assertThat(docker().state()).isEqualTo(Breaker.State.OPEN);
    }

    @Test
    void anOperatorCanCloseIt() {
        fail(8);
        queue("held");

        assertThat(stores.breakers().reset(DOCKER)).isTrue();

        assertThat(docker().state()).isEqualTo(Breaker.State.CLOSED);
        assertThat(Site.keys(site.claim(5))).containsExactly("held");
        assertThat(stores.breakers().reset(new Dependency(Dependency.Kind.SOURCES, "nowhere")))
                .isFalse();
    }
}
