package io.headrace.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How many workers a pool should have. */
class WantedWorkersTest {

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final WantedWorkers wanted = new WantedWorkers(now::get);
    private final PoolRules rules = PoolRules.standard("ci");

    private void pass(int seconds) {
        now.updateAndGet(before -> before.plusSeconds(seconds));
    }

    @Test
    void oneIsWantedForEachTwoJobsButNeverFewerThanTheLeast() {
        assertThat(wanted.of(rules, 0, 2)).isEqualTo(2);
        assertThat(wanted.of(rules, 9, 2)).isEqualTo(5);
    }

    @Test
    void fiveMoreAMinuteAreWantedAndNeverMoreThanTheMost() {
        assertThat(wanted.of(rules, 1000, 2)).isEqualTo(7);
        pass(30);
        assertThat(wanted.of(rules, 1000, 7)).isEqualTo(7);
        pass(31);
        assertThat(wanted.of(rules, 1000, 7)).isEqualTo(12);
        pass(61);
        assertThat(wanted.of(rules, 1000, 12)).isEqualTo(17);
        pass(61);
        assertThat(wanted.of(rules, 1000, 17)).isEqualTo(20);
    }

    @Test
    void fewerAreWantedOnlyAfterFiveQuietMinutes() {
        assertThat(wanted.of(rules, 10, 5)).isEqualTo(5);
        pass(299);
        assertThat(wanted.of(rules, 0, 5)).isEqualTo(5);
        pass(2);
        assertThat(wanted.of(rules, 0, 5)).isEqualTo(2);
    }

    @Test
    void eachKnownPoolHasItsOwnTarget() {
        assertThat(PoolRules.standard("discovery"))
                .isEqualTo(new PoolRules("discovery", null, 5, 1, 5));
        assertThat(PoolRules.standard("artifact"))
                .isEqualTo(new PoolRules("artifact", null, 2, 1, 10));
        assertThat(PoolRules.standard("release"))
                .isEqualTo(new PoolRules("release", null, 3, 1, 10));
        assertThat(PoolRules.standard("default"))
                .isEqualTo(new PoolRules("default", null, 2, 2, 20));
    }
}
