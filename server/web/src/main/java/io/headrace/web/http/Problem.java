package io.headrace.web.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param type stable, for programs, such as {@code urn:headrace:problem:not-found}
 * @param title the same for all problems of a type
 * @param detail what is wrong here, and what to do
 * @param instance path of the request
 * @param correlation finds this request in the server's log
 * @param allowed what would be right, where that is a short list
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String correlation,
        List<String> allowed) {

    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Makes a problem of the kind that {@code status} stands for. */
    public static Problem of(
            int status, String detail, @Nullable String instance, @Nullable String correlation) {
        var kind = Kind.of(status);
        return new Problem(
                "urn:headrace:problem:" + kind.name,
                kind.title,
                status,
                detail,
                instance == null ? "" : instance,
                correlation == null ? "" : correlation,
                List.of());
    }

    Problem withAllowed(List<String> names) {
        return new Problem(type, title, status, detail, instance, correlation, names);
    }

    private record Kind(String name, String title) {

        static Kind of(int status) {
            return switch (status) {
                case 400 -> new Kind("invalid", "The request is not valid");
                case 401 -> new Kind("unauthenticated", "Log in first");
                case 403 -> new Kind("not-allowed", "That is not allowed");
                case 404 -> new Kind("not-found", "There is no such thing");
                case 405 -> new Kind("method-not-allowed", "That method does not work here");
                case 406 -> new Kind("not-acceptable", "That form is not available");
                case 409 -> new Kind("conflict", "That does not fit the present state");
                case 413 -> new Kind("too-large", "The request is too large");
                case 415 -> new Kind("unsupported-type", "That media type is not understood");
                case 416 -> new Kind("range", "That range is not available");
                case 429 -> new Kind("too-many", "Too many requests");
                case 503 -> new Kind("unavailable", "That can't be done just now");
                default ->
                        status < 500
                                ? new Kind("refused", "The request was refused")
                                : new Kind("internal", "Something went wrong in the server");
            };
        }
    }
}
