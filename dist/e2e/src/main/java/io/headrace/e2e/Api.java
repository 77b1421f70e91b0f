package io.headrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A client of the REST API that knows nothing of the server's code. Any thread. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TERMINAL =
            Set.of("SUCCEEDED", "FAILED", "ERRORED", "CANCELLED", "SKIPPED");

    private final String url;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();

    /**
     * An answer.
     *
     * @param body JSON, or an empty object where there is none
     */
    public record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {

        /** Returns the body of an answer that is no error. */
        public JsonNode ok() {
            if (status >= 400) {
                throw new AssertionError("HTTP " + status + ": " + body);
            }
            return body;
        }
    }

    public Api(String url, String token) {
        this.url = url;
        this.token = token;
    }

    public String url() {
        return url;
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer post(String path, Object body, String... headers) {
        return withBody("POST", path, body, headers);
    }

    public Answer put(String path, Object body, String... headers) {
        return withBody("PUT", path, body, headers);
    }

    private Answer withBody(String verb, String path, Object body, String... headers) {
        try {
            var request =
                    request(path)
                            .header("Content-Type", "application/json")
                            .method(
                                    verb,
                                    HttpRequest.BodyPublishers.ofByteArray(
                                            JSON.writeValueAsBytes(body)));
            return send(headers.length == 0 ? request : request.headers(headers));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Answer upload(String path, Path file) {
        try {
            return send(
                    request(path)
                            .header("Content-Type", "application/zip")
                            .POST(HttpRequest.BodyPublishers.ofFile(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a git repository as a project. */
    public JsonNode addProject(String name, Path repository) {
        return post(
                        "/api/v1/projects",
                        Map.of(
                                "name",
                                name,
                                "source",
                                Map.of("type", "git", "url", repository.toString())))
                .ok();
    }

    /** Starts a run and returns it. */
    public JsonNode start(String project, Map<String, ?> body) {
        return post("/api/v1/projects/" + project + "/runs", body).ok();
    }

    public JsonNode run(String id) {
        return get("/api/v1/runs/" + id).ok();
    }

    /** Waits until the run is over and returns it. */
    public JsonNode finished(String id, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var run = run(id);
            if (TERMINAL.contains(run.path("status").asText())) {
                return run;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "Run " + id + " is not over after " + patience + ": " + run);
            }
            pause(Duration.ofMillis(20));
        }
    }

    /** Returns the whole log of an attempt as text. */
    public String log(String attempt) {
        var answer =
                send(
                        request("/api/v1/attempts/" + attempt + "/log")
                                .setHeader("Accept", "text/plain")
                                .GET());
        answer.ok();
        return new String(answer.raw().body(), StandardCharsets.UTF_8);
    }

    /**
     * Reads server-sent events until {@code take} returns false.
     *
     * @param take gets each line of the stream
     */
    public void stream(String path, Function<String, Boolean> take) {
        try {
            var response =
                    http.send(
                            request(path).setHeader("Accept", "text/event-stream").GET().build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (var reader =
                    new BufferedReader(
                            new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                String line;
                while ((line = reader.readLine()) != null) {
                    if (!take.apply(line)) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            var type = response.headers().firstValue("Content-Type").orElse("");
            var body =
                    type.contains("json") && !type.contains("ndjson") && response.body().length > 0
                            ? JSON.readTree(response.body())
                            : JSON.createObjectNode();
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
