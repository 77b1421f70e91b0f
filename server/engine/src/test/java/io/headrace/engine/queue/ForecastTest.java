package io.headrace.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.run.WaitingJob.Expected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When jobs are expected to start. */
class ForecastTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static JobTimes.Spread spread(int p50, int p90) {
        return new JobTimes.Spread(Duration.ofSeconds(p50), Duration.ofSeconds(p90));
    }

    private static Forecast.Running running(int secondsAgo, JobTimes.Spread time) {
        return new Forecast.Running(NOW.minusSeconds(secondsAgo), time);
    }

    @Test
    void aFreeSlotIsTakenAtOnce() {
        var forecast = new Forecast(NOW, 2, List.of(running(10, spread(60, 60))));

        assertThat(forecast.next(spread(60, 60))).isEqualTo(new Expected(NOW, NOW));
    }

    @Test
    void eachJobTakesTheSlotThatIsFreeFirst() {
        var forecast =
                new Forecast(
                        NOW, 2, List.of(running(10, spread(60, 60)), running(40, spread(60, 60))));

        assertThat(forecast.next(spread(100, 100)).p50()).isEqualTo(NOW.plusSeconds(20));
        assertThat(forecast.next(spread(10, 10)).p50()).isEqualTo(NOW.plusSeconds(50));
        assertThat(forecast.next(spread(10, 10)).p50()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void whatTakesLongerThanUsualIsTakenToEndNow() {
        var forecast = new Forecast(NOW, 1, List.of(running(500, spread(60, 60))));

        assertThat(forecast.next(spread(1, 1)).p50()).isEqualTo(NOW);
    }

    @Test
    void deviationsOfAllThatIsAheadAddUpAsSquaresAndSpreadOverTheSlots() {
        var forecast =
                new Forecast(
                        NOW, 2, List.of(running(0, spread(60, 90)), running(0, spread(60, 100))));

        var first = forecast.next(spread(60, 60));

        // sqrt(30² + 40²) / 2
        assertThat(first).isEqualTo(new Expected(NOW.plusSeconds(60), NOW.plusSeconds(85)));
    }

    @Test
    void aJobTakesAsLongAsThoseThatAreNearestToIt() {
        var shop = new ProjectId(1);
        var till = new ProjectId(2);
        var took = new ArrayList<QueueStore.Took>();
        IntStream.rangeClosed(1, 10)
                .mapToObj(i -> new QueueStore.Took(shop, "test", "default", Duration.ofSeconds(i)))
                .forEach(took::add);
        took.add(new QueueStore.Took(shop, "build", "default", Duration.ofSeconds(1000)));
        var times = new JobTimes(took);

        assertThat(times.of(shop, "test", "default")).isEqualTo(spread(5, 9));
        assertThat(times.of(shop, "build", "default")).isEqualTo(spread(1000, 1000));
        assertThat(times.of(shop, "new", "default")).isEqualTo(spread(6, 10));
        assertThat(times.of(till, "test", "default")).isEqualTo(spread(6, 10));
        assertThat(times.of(till, "test", "arm")).isNull();
    }
}
