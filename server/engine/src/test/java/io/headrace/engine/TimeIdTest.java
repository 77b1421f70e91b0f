package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TimeIdTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void idsGrowAlthoughTheClockStandsStill() {
        var ids = new TimeId(InstantSource.fixed(NOON), 0);

        var first = ids.next();

        assertThat(ids.next()).isGreaterThan(first);
    }

    @Test
    void idsGrowAlthoughTheClockJumpsBack() {
        var now = new Instant[] {NOON};
        var ids = new TimeId(() -> now[0], 0);
        var first = ids.next();

        now[0] = NOON.minusSeconds(3600);

        assertThat(ids.next()).isGreaterThan(first);
    }

    @Test
    void twoControllersNeverMakeTheSameId() {
        var clock = InstantSource.fixed(NOON);

        assertThat(new TimeId(clock, 1).next()).isNotEqualTo(new TimeId(clock, 2).next());
    }

    @Test
    void manyThreadsGetDifferentIds() throws InterruptedException {
        var ids = new TimeId(InstantSource.system(), 7);
        var made = new ConcurrentLinkedQueue<Long>();
        var done = new CountDownLatch(8);

        for (var thread = 0; thread < 8; thread++) {
            Thread.ofVirtual()
                    .start(() -> {
                        for (var i = 0; i < 10_000; i++) {
                            made.add(ids.next());
                        }
                        done.countDown();
                    });
        }
        done.await();

        assertThat(new HashSet<>(made)).hasSize(80_000);
    }

    @Test
    void theTextSortsAsTheIdsDoAndReadsBack() {
        var ids = new TimeId(InstantSource.fixed(NOON), 0);
        var first = ids.next();
        var second = ids.next();

        assertThat(TimeId.text(first)).hasSize(13).isLessThan(TimeId.text(second));
        assertThat(TimeId.parse(TimeId.text(second))).isEqualTo(second);
    }

    @Test
    void whatIsNoIdIsRefused() {
        assertThatThrownBy(() -> TimeId.parse("42"))
                .hasMessage("'42' is not an id: those have 13 characters");
        assertThatThrownBy(() -> TimeId.parse("zzzzzzzzzzzzz"))
                .hasMessage("'zzzzzzzzzzzzz' is not an id");
        assertThatThrownBy(() -> TimeId.parse("../../etc/pas"))
                .hasMessage("'../../etc/pas' is not an id");
    }
}
