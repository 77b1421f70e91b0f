package io.headrace.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What the container itself answers to requests that never come to the WAR, such as those with a
 * malformed address: a problem (RFC 9457) to those who ask the API, and a line of text to others.
 * Neither has a stack trace, or says what the server is made of.
 */
final class Errors extends ErrorHandler {

    private static final String PROBLEM = "application/problem+json";
    private static final String TEXT = "text/plain;charset=utf-8";

    /** The paths of the API, as the WAR has them. */
    private static final List<String> API =
            List.of("/api/", "/v1/", "/health/", "/metrics", "/badge/", "/schema/", "/queue/stats");

    private final String prefix;

    /**
     * @param prefix empty, or a path without a slash at its end
     */
    Errors(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        var path = request.getHttpURI().getPath();
        var asked = path == null ? "" : path;
        var problem = API.stream().anyMatch(each -> asked.startsWith(prefix + each));
        var detail = detail(code, message);
        var headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, problem ? PROBLEM : TEXT);
        headers.put("X-Content-Type-Options", "nosniff");
        var body = problem ? problem(code, detail, asked) : detail + "\n";
        response.write(true, ByteBuffer.wrap(body.getBytes(UTF_8)), callback);
    }

    private static String detail(int code, @Nullable String message) {
        var name = HttpStatus.getMessage(code);
        // What failed inside is for the log alone.
        var reason = message == null || message.isBlank() || code >= 500 ? name : message.strip();
        return switch (code) {
            case 400 ->
                    "The server can't make sense of the request: %s; correct its address, or its headers"
                            .formatted(reason);
            case 404 -> "There is nothing at this address; correct it";
            default ->
                    code < 500
                            ? "The request was refused (%d): %s".formatted(code, reason)
                            : "Something went wrong in the server (%d %s); its log says more"
                                    .formatted(code, reason);
        };
    }

    private static String problem(int code, String detail, String path) {
        return "{\"type\":\"urn:headrace:problem:%s\",\"title\":%s,\"status\":%d,\"detail\":%s,\"instance\":%s}"
                .formatted(kind(code), quoted(title(code)), code, quoted(detail), quoted(path));
    }

    /** The same words as those of the WAR's own problems. */
    private static String kind(int code) {
        return switch (code) {
            case 400 -> "invalid";
            case 404 -> "not-found";
            default -> code < 500 ? "refused" : "internal";
        };
    }

    private static String title(int code) {
        return switch (code) {
            case 400 -> "The request is not valid";
            case 404 -> "There is no such thing";
            default ->
                    code < 500 ? "The request was refused" : "Something went wrong in the server";
        };
    }

    /** Returns a JSON string, without any character that means something in HTML either. */
    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < ' ' || c > '~' || "\"\\<>&".indexOf(c) >= 0) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
