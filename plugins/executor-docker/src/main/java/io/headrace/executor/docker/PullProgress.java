package io.headrace.executor.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Says every few seconds how much of an image is pulled. Used by one thread. */
final class PullProgress {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final long MEGABYTE = 1_000_000;

    private final String image;
    private final Consumer<String> lines;
    private final Clock clock;
    private final Instant begun;
    private final Map<String, Layer> layers = new HashMap<>();
    private Instant told;

    /** How many bytes of a layer are here, and how many it has. */
    private record Layer(long here, long all) {}

    /** Says that the pull begins. */
    PullProgress(String image, Consumer<String> lines, Clock clock) {
        this.image = image;
        this.lines = lines;
        this.clock = clock;
        this.begun = clock.instant();
        this.told = begun;
        lines.accept("Pulling " + image);
    }

    /** Takes an event of the engine's answer. */
    void take(JsonNode event) {
        var id = event.path("id").asText();
        switch (event.path("status").asText()) {
            case "Downloading" -> {
                var detail = event.path("progressDetail");
                layers.put(
                        id,
                        new Layer(detail.path("current").asLong(), detail.path("total").asLong()));
            }
            case "Download complete", "Pull complete" ->
                    layers.computeIfPresent(id, (_, layer) -> new Layer(layer.all(), layer.all()));
            default -> {
                // Waits, verifies or unpacks; nothing comes in.
            }
        }
        var now = clock.instant();
        if (Duration.between(told, now).compareTo(PAUSE) >= 0) {
            told = now;
            lines.accept(state(now));
        }
    }

    private String state(Instant now) {
        var here = layers.values().stream().mapToLong(Layer::here).sum();
        var all = layers.values().stream().mapToLong(Layer::all).sum();
        // Not all layers may be known by now, so it is what is known that is counted.
        return all == 0
                ? "Pulling %s for %d s".formatted(image, Duration.between(begun, now).toSeconds())
                : "Pulling %s: %d of %d MB".formatted(image, here / MEGABYTE, all / MEGABYTE);
    }

    /** Says that the image is here. */
    void end() {
        lines.accept(
                "Pulled %s in %d s"
                        .formatted(image, Duration.between(begun, clock.instant()).toSeconds()));
    }
}
