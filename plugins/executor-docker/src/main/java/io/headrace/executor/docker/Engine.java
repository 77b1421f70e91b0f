package io.headrace.executor.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.headrace.api.ExecutionException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine, spoken to by its HTTP API without a version, which means its newest.
 *
 * <p>A call is carried to its end even when its caller is interrupted, so that we know what exists
 * afterwards; a call takes milliseconds. What may take long (a pull, the output of a command) goes
 * by {@link #open} on a thread of its own.
 *
 * <p>Nothing is held between calls: an engine may be restarted, and comes up whenever it does.
 */
final class Engine {

    private static final Map<String, String> JSON_BODY = Map.of("Content-Type", "application/json");
    static final byte[] NO_BODY = {};

    /** An engine that takes longer for a call hangs. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ObjectMapper json = new ObjectMapper();
    private final EngineAddress address;

    Engine(EngineAddress address) {
        this.address = address;
    }

    EngineAddress address() {
        return address;
    }

    /** What to ask of an engine. */
    interface Call<T extends @Nullable Object> {

        T run() throws IOException;
    }

    /**
     * Runs calls to their end. An interrupt that comes meanwhile is kept for later.
     *
     * @param doing completes the sentence "Docker could not …", for the message of a failure
     */
    <T extends @Nullable Object> T call(String doing, Call<T> call) throws ExecutionException {
        try {
            return attempt(call);
        } catch (IOException e) {
            throw Failures.of(this, doing, e);
        }
    }

    /** Like {@link #call}, with the failure as it came. */
    <T extends @Nullable Object> T attempt(Call<T> call) throws IOException {
        var result = new CompletableFuture<T>();
        var thread =
                Thread.ofVirtual()
                        .name("docker-call")
                        .start(() -> {
                            try {
                                result.complete(call.run());
                            } catch (IOException | RuntimeException | Error e) {
                                result.completeExceptionally(e);
                            }
                        });
        return await(result, thread);
    }

    private static <T extends @Nullable Object> T await(CompletableFuture<T> result, Thread thread)
            throws IOException {
        var interrupted = false;
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                try {
                    return result.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            // Which closes the connection it waits for.
            thread.interrupt();
            throw new IOException("no answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            // A mistake of ours.
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Asks for a sign of life. */
    void alive() throws IOException {
        attempt(() -> {
            open("GET", "/_ping", NO_BODY).close();
            return true;
        });
    }

    JsonNode get(String path) throws IOException {
        return json("GET", path, NO_BODY);
    }

    JsonNode post(String path) throws IOException {
        return json("POST", path, NO_BODY);
    }

    JsonNode post(String path, Object body) throws IOException {
        return json("POST", path, json.writeValueAsBytes(body));
    }

    void delete(String path) throws IOException {
        json("DELETE", path, NO_BODY);
    }

    private JsonNode json(String method, String path, byte[] body) throws IOException {
        try (var answer = open(method, path, body)) {
            var text = answer.body().readAllBytes();
            return text.length == 0 ? MissingNode.getInstance() : json.readTree(text);
        }
    }

    /** Like {@link #open(String, String, Map, byte[])}, with no headers of its own. */
    Http.Answer open(String method, String path, byte[] body) throws IOException {
        return open(method, path, JSON_BODY, body);
    }

    /** Sends a request and leaves the body of its answer to be read. */
    Http.Answer open(String method, String path, Map<String, String> headers, byte[] body)
            throws IOException {
        return successful(Http.send(address, method, path, headers, body));
    }

    /** Sends an archive. */
    void put(String path, Http.Body body) throws IOException {
        var headers = Map.of("Content-Type", "application/x-tar");
        successful(Http.stream(address, "PUT", path, headers, body)).close();
    }

    private Http.Answer successful(Http.Answer answer) throws IOException {
        if (answer.status() < 400) {
            return answer;
        }
        try (answer) {
            throw new Refusal(answer.status(), message(answer.body().readAllBytes()));
        }
    }

    private String message(byte[] body) throws IOException {
        try {
            return json.readTree(body).path("message").asText("no reason given").strip();
        } catch (JsonProcessingException e) {
            return new String(body, StandardCharsets.UTF_8).strip();
        }
    }

    ObjectMapper json() {
        return json;
    }

    /** Quotes text for a path or query. */
    static String quoted(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
