package io.headrace.launcher;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * A start of the server on an empty home, for a recording: it asks itself for what the first
 * visitors ask for, and ends.
 */
final class Rehearsal {

    /** A system property that asks for a rehearsal. */
    static final String PROPERTY = "headrace.rehearsal";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<String> PATHS =
            List.of(
                    "/health/live",
                    "/health/ready",
                    "/api/v1/openapi.json",
                    "/api/v1/runs",
                    "/login",
                    "/login?v-r=init&location=login",
                    "/css/headrace.css",
                    "/js/theme.js");

    private Rehearsal() {}

    static boolean isAsked() {
        return System.getProperty(PROPERTY) != null;
    }

    /** Ends this process once the other end of its standard input is closed. */
    static void endWithParent() {
        Thread.ofPlatform()
                .name("parent")
                .daemon()
                .start(() -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Nothing is ever said; the end alone matters.
                        }
                    } catch (IOException e) {
                        // The parent is gone as well then.
                    }
                    Runtime.getRuntime().halt(1);
                });
    }

    /** Asks the server at {@code address} for what visitors ask for; any answer will do. */
    static void visit(String address) throws IOException, InterruptedException {
        try (var http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .cookieHandler(new CookieManager())
                        .build()) {
            for (var path : PATHS) {
                var request =
                        HttpRequest.newBuilder(URI.create(address + path))
                                .timeout(PATIENCE)
                                .build();
                http.send(request, HttpResponse.BodyHandlers.discarding());
            }
        }
    }
}
