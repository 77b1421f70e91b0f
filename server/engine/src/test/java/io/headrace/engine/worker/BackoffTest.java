package io.headrace.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void theWaitDoublesFromFiveSecondsWithAQuarterOfJitter() {
        var backoff = new Backoff(new Random(1));

        assertThat(backoff.after(1)).isBetween(Duration.ofMillis(3_750), Duration.ofMillis(6_250));
        assertThat(backoff.after(2)).isBetween(Duration.ofMillis(7_500), Duration.ofMillis(12_500));
        assertThat(backoff.after(3)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(25));
    }

    @Test
    void theWaitNeverGrowsBeyondTwoMinutesAndJitter() {
        assertThat(new Backoff(new Random(1)).after(60))
                .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(150));
    }
}
