package io.headrace.executor.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The events are as the engine writes them (its API, {@code POST /images/create}). */
final class PullProgressTest {

    private final List<String> lines = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final PullProgress progress = new PullProgress("maven:3", lines::add, clock);

    @Test
    void addsUpTheLayersEveryFiveSeconds() throws Exception {
        downloading("a", 10_000_000, 200_000_000);
        after(3);
        downloading("b", 5_000_000, 110_000_000);
        assertThat(lines).containsExactly("Pulling maven:3");

        after(2);
        downloading("a", 90_000_000, 200_000_000);
        after(5);
        take("{'status': 'Download complete', 'progressDetail': {}, 'id': 'b'}");
        after(7);
        progress.end();

        assertThat(lines)
                .containsExactly(
                        "Pulling maven:3",
                        "Pulling maven:3: 95 of 310 MB",
                        "Pulling maven:3: 200 of 310 MB",
                        "Pulled maven:3 in 17 s");
    }

    @Test
    void saysHowLongItTakesWhileNoSizeIsKnown() throws Exception {
        after(6);
        take("{'status': 'Pulling from library/maven', 'id': '3'}");

        assertThat(lines).containsExactly("Pulling maven:3", "Pulling maven:3 for 6 s");
    }

    private void after(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private void downloading(String layer, long here, long all) throws Exception {
        take(
                "{'status': 'Downloading', 'progressDetail': {'current': %d, 'total': %d}, 'id': '%s'}"
                        .formatted(here, all, layer));
    }

    private void take(String event) throws JsonProcessingException {
        progress.take(new ObjectMapper().readTree(event.replace('\'', '"')));
    }
}
