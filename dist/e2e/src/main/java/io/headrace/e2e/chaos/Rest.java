package io.headrace.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A client that gives up soon, as servers may be frozen. Any thread. */
final class Rest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(3))
                    .build();
    private volatile String token = "";

    /** An answer; the body is an empty object where there is none. */
    record Answer(int status, JsonNode body) {

        boolean isOk() {
            return status >= 200 && status < 300;
        }
    }

    void use(String administrator) {
        token = administrator;
    }

    Answer get(String url) throws IOException {
        return send(request(url, PATIENCE).GET());
    }

    Answer post(String url, Map<String, ?> body, Duration patience, String... headers)
            throws IOException {
        var request =
                request(url, patience)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Answer post(String url, Map<String, ?> body, String... headers) throws IOException {
        return post(url, body, PATIENCE, headers);
    }

    private HttpRequest.Builder request(String url, Duration patience) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(patience)
                .header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            var type = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(
                    response.statusCode(),
                    type.contains("json") && response.body().length > 0
                            ? JSON.readTree(response.body())
                            : JSON.createObjectNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
