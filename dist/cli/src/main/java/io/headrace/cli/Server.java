package io.headrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Talks to a server's REST API. What the server refuses is a {@link CliException}. */
final class Server {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Duration BACKUP = Duration.ofHours(6);

    private final Login login;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();

    Server(Login login) {
        this.login = login;
    }

    String url() {
        return login.url();
    }

    JsonNode get(String path) {
        return json(send(request(path).GET().build()));
    }

    JsonNode post(String path, Object body) {
        return json(send(withBody("POST", path, body)));
    }

    JsonNode put(String path, Object body) {
        return json(send(withBody("PUT", path, body)));
    }

    JsonNode delete(String path) {
        return json(send(request(path).DELETE().build()));
    }

    JsonNode upload(String path, Path file) throws IOException {
        return json(
                send(
                        request(path)
                                .header("Content-Type", "application/zip")
                                .POST(HttpRequest.BodyPublishers.ofFile(file))
                                .build()));
    }

    /** Returns the bytes behind {@code path}; the caller closes them. */
    InputStream download(String path, String accept) {
        return checked(raw(request(path).setHeader("Accept", accept).GET().build())).body();
    }

    /** Posts {@code body}, and returns the bytes of the answer; the caller closes them. */
    InputStream postForBytes(String path, Object body, String accept) {
        var request = withBody("POST", path, body);
        return checked(
                        raw(
                                HttpRequest.newBuilder(request, (_, _) -> true)
                                        .setHeader("Accept", accept)
                                        // The first byte comes when the database is copied.
                                        .timeout(BACKUP)
                                        .build()))
                .body();
    }

    /**
     * Reads server-sent events until {@code take} (name, data) returns false or the stream ends; a
     * broken connection is opened again where it broke.
     */
    void events(String path, BiPredicate<String, String> take) {
        String last = null;
        var failures = 0;
        while (true) {
            try (var reader = open(path, last)) {
                failures = 0;
                var events = new Events(reader);
                while (events.next()) {
                    last = events.id() == null ? last : events.id();
                    if (!take.test(events.name(), events.data())) {
                        return;
                    }
                }
                return;
            } catch (IOException e) {
                failures++;
                if (failures > 10) {
                    throw unreachable(e);
                }
                pause(Math.min(30, 1 << Math.min(failures - 1, 5)));
            }
        }
    }

    private BufferedReader open(String path, @Nullable String last) {
        var request = request(path).setHeader("Accept", "text/event-stream").GET();
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        var body = checked(raw(request.build())).body();
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    private static void pause(int seconds) {
        try {
            Thread.sleep(Duration.ofSeconds(seconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.CANCELLED, "Interrupted");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + login.token())
                .header("User-Agent", "headrace-cli")
                .header("Accept", "application/json");
    }

    private URI address(String path) {
        try {
            return URI.create(login.url() + "/api/v1" + path);
        } catch (IllegalArgumentException e) {
            throw new CliException(
                    ExitCode.INVALID,
                    "'%s' is not an address; use something like https://ci.example.com"
                            .formatted(login.url()));
        }
    }

    private HttpRequest withBody(String verb, String path, Object body) {
        try {
            return request(path)
                    .header("Content-Type", "application/json")
                    .method(
                            verb,
                            HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        return checked(raw(request));
    }

    private HttpResponse<InputStream> raw(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.CANCELLED, "Interrupted");
        }
    }

    private CliException unreachable(IOException e) {
        var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new CliException(
                ExitCode.UNREACHABLE,
                "%s can't be reached: %s. Is the server running? Start one with: headrace server"
                        .formatted(login.url(), why));
    }

    private HttpResponse<InputStream> checked(HttpResponse<InputStream> response) {
        var status = response.statusCode();
        if (status < 400) {
            return response;
        }
        var problem = json(response);
        var detail = problem.path("detail").asText(problem.path("title").asText("HTTP " + status));
        throw switch (status) {
            case 401 ->
                    new CliException(
                            ExitCode.UNREACHABLE,
                            "%s does not accept the token: %s Run: headrace login %s --token TOKEN"
                                    .formatted(login.url(), detail, login.url()));
            case 403, 429 -> new CliException(ExitCode.UNREACHABLE, detail);
            default ->
                    new CliException(
                            status < 500 ? ExitCode.INVALID : ExitCode.UNREACHABLE, detail);
        };
    }

    private static JsonNode json(HttpResponse<InputStream> response) {
        try (var body = response.body()) {
            var bytes = body.readAllBytes();
            return bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.UNREACHABLE, "The server's answer broke off: " + e.getMessage());
        }
    }

    /** Returns {@code ?a=1&b=2}, without the values that are null; empty if none is left. */
    static String query(Map<String, ? extends @Nullable Object> values) {
        var text =
                values.entrySet().stream()
                        .filter(entry -> entry.getValue() != null)
                        .map(entry ->
                                entry.getKey() + "=" + encoded(String.valueOf(entry.getValue())))
                        .collect(Collectors.joining("&"));
        return text.isEmpty() ? "" : "?" + text;
    }

    /** Quotes a text for use as one name in a path. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
