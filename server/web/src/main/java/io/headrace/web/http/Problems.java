package io.headrace.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import io.headrace.engine.access.LoginThrottle;
import io.headrace.engine.plugin.PluginException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the caller what went wrong. What nobody foresaw is logged, and the caller learns only under
 * which id.
 */
public final class Problems implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @Context private @Nullable HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        return switch (thrown) {
            case Refused refused -> answer(status(refused.why()), refused.getMessage());
            case LoginThrottle.Throttled throttled ->
                    Response.fromResponse(answer(429, text(throttled)))
                            .header(
                                    HttpHeaders.RETRY_AFTER,
                                    throttled.pause().plusMillis(999).toSeconds())
                            .build();
            case TooLarge tooLarge -> answer(413, text(tooLarge));
            case UnrecognizedPropertyException unknown -> unknownName(unknown);
            case JsonProcessingException malformed -> answer(400, explain(malformed));
            case WebApplicationException web -> web(web);
            case PluginException plugin -> {
                LOG.warn("{} failed in a plugin [{}]", path(), Correlation.of(request), plugin);
                yield answer(500, text(plugin));
            }
            case StoreException store -> unforeseen(store, "The database could not be asked");
            default -> unforeseen(thrown, "Something went wrong in the server");
        };
    }

    private Response web(WebApplicationException thrown) {
        var given = thrown.getResponse();
        if (given.hasEntity() || given.getStatus() < 400) {
            return given;
        }
        var answer =
                Response.fromResponse(
                        switch (thrown) {
                            case NotFoundException _ ->
                                    answer(404, "There is nothing at " + path());
                            case NotAllowedException _ ->
                                    answer(
                                            405,
                                            "%s does not work at %s; use one of %s"
                                                    .formatted(
                                                            request == null
                                                                    ? ""
                                                                    : request.getMethod(),
                                                            path(),
                                                            given.getHeaderString(
                                                                    HttpHeaders.ALLOW)));
                            default -> answer(given.getStatus(), text(thrown));
                        });
        for (var header :
                List.of(HttpHeaders.ALLOW, HttpHeaders.WWW_AUTHENTICATE, "Content-Range")) {
            if (given.getHeaderString(header) != null) {
                answer.header(header, given.getHeaderString(header));
            }
        }
        return answer.build();
    }

    private Response unknownName(UnrecognizedPropertyException thrown) {
        var known =
                thrown.getKnownPropertyIds() == null
                        ? List.<String>of()
                        : thrown.getKnownPropertyIds().stream()
                                .map(Object::toString)
                                .sorted()
                                .toList();
        var problem = problem(400, Unknown.name("The field", thrown.getPropertyName(), known));
        return response(problem.withAllowed(known));
    }

    private static String explain(JsonProcessingException thrown) {
        var place = "";
        if (thrown.getLocation() != null) {
            place =
                    " (line %d, column %d)"
                            .formatted(
                                    thrown.getLocation().getLineNr(),
                                    thrown.getLocation().getColumnNr());
        }
        return switch (thrown) {
            case InvalidFormatException wrong when wrong.getTargetType().isEnum() ->
                    "'%s' can't be '%s'; use one of %s%s"
                            .formatted(
                                    field(wrong),
                                    wrong.getValue(),
                                    Arrays.toString(wrong.getTargetType().getEnumConstants()),
                                    place);
            case InvalidNullException empty ->
                    "%s can't be null; leave it out%s".formatted(subject(empty), place);
            case MismatchedInputException wrong when wrong.getTargetType() != null ->
                    "%s has to be %s%s"
                            .formatted(subject(wrong), Expected.of(wrong.getTargetType()), place);
            case JsonMappingException mapping ->
                    "%s is not of the right kind; look at /api/v1/openapi.json%s"
                            .formatted(subject(mapping), place);
            default -> "The body is not JSON: " + thrown.getOriginalMessage() + place;
        };
    }

    private static String subject(JsonMappingException thrown) {
        var field = field(thrown);
        return field.isEmpty() ? "The body" : "'" + field + "'";
    }

    private static String field(JsonMappingException thrown) {
        return thrown.getPath().stream()
                .map(part ->
                        part.getFieldName() == null
                                ? Integer.toString(part.getIndex())
                                : part.getFieldName())
                .collect(Collectors.joining("."));
    }

    private Response unforeseen(Throwable thrown, String detail) {
        var id = Correlation.of(request);
        LOG.error("{} failed [{}]", path(), id, thrown);
        return answer(500, "%s; its log says more under '%s'".formatted(detail, id));
    }

    private Response answer(int status, String detail) {
        return response(problem(status, detail));
    }

    private Problem problem(int status, String detail) {
        return Problem.of(status, detail, path(), Correlation.of(request));
    }

    /** Makes the answer for a problem. */
    public static Response response(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
    }

    private String path() {
        return request == null ? "" : request.getRequestURI();
    }

    private static String text(Throwable thrown) {
        var message = thrown.getMessage();
        return message == null ? "" : message;
    }

    private static int status(Refused.Why why) {
        return switch (why) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case GONE -> 410;
            case NOT_ALLOWED -> 403;
            case UNAVAILABLE -> 503;
        };
    }
}
