package io.headrace.engine.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look at something that may be slow or hang. Anybody may ask at any rate: the look is taken at
 * most once in a while, and never twice at a time.
 */
final class Look {

    private static final Logger LOG = LoggerFactory.getLogger(Look.class);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Supplier<Map<String, Part>> ask;
    private final Map<String, Part> tooLate;
    private @Nullable CompletableFuture<Map<String, Part>> latest;
    private long taken;

    /**
     * @param tooLate what to say if there is no answer within seconds
     */
    Look(Supplier<Map<String, Part>> ask, Map<String, Part> tooLate) {
        this.ask = ask;
        this.tooLate = tooLate;
    }

    Map<String, Part> take() {
        try {
            return latest().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return tooLate;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return tooLate;
        } catch (java.util.concurrent.ExecutionException
                | CompletionException
                | CancellationException e) {
            LOG.warn("A look at the server's health failed", e);
            return tooLate;
        }
    }

    private synchronized CompletableFuture<Map<String, Part>> latest() {
        var known = latest;
        var now = System.nanoTime();
        if (known == null || (known.isDone() && now - taken > FRESH.toNanos())) {
            var fresh = new CompletableFuture<Map<String, Part>>();
            Thread.ofVirtual().name("health").start(() -> answer(fresh));
            taken = now;
            latest = fresh;
            return fresh;
        }
        return known;
    }

    private void answer(CompletableFuture<Map<String, Part>> answer) {
        try {
            answer.complete(ask.get());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }
}
