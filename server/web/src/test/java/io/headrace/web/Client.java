package io.headrace.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Talks HTTP as a stranger does: nothing of ours in between. */
final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;
    private final @Nullable String token;

    Client(String url, @Nullable String token) {
        this.url = url;
        this.token = token;
    }

    Client withToken(String secret) {
        return new Client(url, secret);
    }

    /** Returns the same client for a context path. */
    Client below(String path) {
        return new Client(url + path, token);
    }

    String url() {
        return url;
    }

    /** What came back. */
    record Answer(int status, String body, HttpResponse<?> response) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("Not JSON: " + body, e);
            }
        }

        String detail() {
            return json().path("detail").asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    Answer get(String path, String... headers) {
        return send(with(request(path), headers).GET());
    }

    Answer delete(String path, String... headers) {
        return send(with(request(path), headers).DELETE());
    }

    Answer post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    Answer put(String path, String json, String... headers) {
        return send("PUT", path, json, headers);
    }

    Answer send(String verb, String path, String json, String... headers) {
        return send(
                with(request(path), headers)
                        .header("Content-Type", "application/json")
                        .method(verb, HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            var response =
                    HTTP.send(
                            request.build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new AssertionError("The server does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    byte[] bytes(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray()).body();
    }

    /** Opens a stream of events; the caller closes it. */
    Events events(String path, String... headers) throws IOException, InterruptedException {
        var response =
                HTTP.send(
                        with(request(path), headers).header("Accept", "text/event-stream").build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        return new Events(response.statusCode(), response.body());
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    /** An event of a stream. */
    record Event(@Nullable String id, String name, JsonNode data) {}

    /** Server-sent events, one after the other. */
    static final class Events implements AutoCloseable {

        private final int status;
        private final BufferedReader reader;

        private String last = "";

        Events(int status, InputStream in) {
            this.status = status;
            this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        }

        int status() {
            return status;
        }

        /** Waits for the next event; null at the end of the stream. */
        @Nullable Event next() throws IOException {
            String id = null;
            String name = null;
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                last = line.isEmpty() ? last : line;
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ") && name != null) {
                    return new Event(id, name, JSON.readTree(line.substring(6)));
                }
            }
            return null;
        }

        /** Waits for a sign of life; what comes before is passed over. */
        boolean heartbeat() throws IOException {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.equals(": still here")) {
                    return true;
                }
            }
            return false;
        }

        /** Waits for the end of the stream; returns all that came until then. */
        List<Event> rest() throws IOException {
            var events = new ArrayList<Event>();
            for (var event = next(); event != null; event = next()) {
                events.add(event);
            }
            return events;
        }

        /** Waits for the next event of a name. */
        Event next(String name) throws IOException {
            while (true) {
                var event = next();
                if (event == null) {
                    throw new AssertionError(
                            "The stream (status %d) ended without an event '%s'; its last line was: %s"
                                    .formatted(status, name, last));
                }
                if (event.name().equals(name)) {
                    return event;
                }
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
