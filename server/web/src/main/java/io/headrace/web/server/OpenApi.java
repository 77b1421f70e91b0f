package io.headrace.web.server;

import io.headrace.web.access.Public;
import io.headrace.web.http.Doc;
import io.headrace.web.http.Problem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Describes routes as OpenAPI 3.1, from what their methods declare: nothing is written twice, so
 * nothing can disagree.
 */
final class OpenApi {

    private final List<Route> routes;
    private final Schemas schemas = new Schemas();

    OpenApi(List<Route> routes) {
        this.routes = routes;
    }

    Map<String, Object> describe() {
        var paths = new TreeMap<String, Object>();
        for (var route : routes) {
            var path =
                    paths.computeIfAbsent(route.path(), _ -> new LinkedHashMap<String, Object>());
            @SuppressWarnings("unchecked") // Put there just above.
            var verbs = (Map<String, Object>) path;
            // Two methods that differ in media types only are one operation here.
            verbs.putIfAbsent(route.verb().toLowerCase(Locale.ROOT), operation(route));
        }
        var problem = schemas.of(Problem.class);
        var all = new LinkedHashMap<String, Object>();
        all.put("openapi", "3.1.0");
        all.put(
                "info",
                Map.of(
                        "title",
                        "Headrace",
                        "version",
                        "1",
                        "description",
                        "Lists come in pages: {\"items\": […], \"next\": …}; give 'next' back as 'after'."));
        all.put("paths", paths);
        all.put(
                "components",
                Map.of(
                        "schemas",
                        schemas.all(),
                        "responses",
                        Map.of(
                                "Problem",
                                Map.of(
                                        "description",
                                        "What went wrong (RFC 9457).",
                                        "content",
                                        Map.of(Problem.MEDIA_TYPE, Map.of("schema", problem)))),
                        "securitySchemes",
                        Map.of(
                                "token",
                                Map.of("type", "http", "scheme", "bearer"),
                                "session",
                                Map.of(
                                        "type",
                                        "apiKey",
                                        "in",
                                        "cookie",
                                        "name",
                                        "HEADRACE_SESSION"))));
        all.put("security", List.of(Map.of("token", List.of()), Map.of("session", List.of())));
        return all;
    }

    private Map<String, Object> operation(Route route) {
        var method = route.method();
        var doc = method.getAnnotation(Doc.class);
        var operation = new LinkedHashMap<String, Object>();
        operation.put("operationId", operationId(method));
        operation.put("tags", List.of(tag(method)));
        operation.put("summary", doc == null ? "" : doc.value());
        var open = method.getAnnotation(Public.class);
        if (open != null) {
            operation.put("security", List.of());
        } else if (route.needs() != null) {
            operation.put("x-permission", route.needs().name());
        }
        var parameters = Arrays.stream(method.getParameters()).flatMap(OpenApi::parameter).toList();
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        body(method).ifPresent(body -> operation.put("requestBody", body));
        operation.put("responses", responses(method, doc));
        return operation;
    }

    private static String operationId(Method method) {
        var type = method.getDeclaringClass().getSimpleName().replace("Resource", "");
        return Character.toLowerCase(type.charAt(0)) + type.substring(1) + "." + method.getName();
    }

    private static String tag(Method method) {
        var name = method.getDeclaringClass().getPackageName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Stream<Map<String, Object>> parameter(Parameter parameter) {
        var path = parameter.getAnnotation(PathParam.class);
        var query = parameter.getAnnotation(QueryParam.class);
        var header = parameter.getAnnotation(HeaderParam.class);
        if (path != null) {
            return Stream.of(parameter("path", path.value(), true));
        }
        if (query != null) {
            return Stream.of(parameter("query", query.value(), false));
        }
        return header == null
                ? Stream.empty()
                : Stream.of(parameter("header", header.value(), false));
    }

    private static Map<String, Object> parameter(String in, String name, boolean required) {
        var parameter = new LinkedHashMap<String, Object>();
        parameter.put("in", in);
        parameter.put("name", name);
        parameter.put("required", required);
        parameter.put("schema", Map.of("type", "string"));
        return parameter;
    }

    private Optional<Map<String, Object>> body(Method method) {
        var consumes = method.getAnnotation(Consumes.class);
        return Arrays.stream(method.getParameters())
                .filter(OpenApi::isBody)
                .findFirst()
                .map(body ->
                        Map.of(
                                "content",
                                content(
                                        consumes == null
                                                ? List.of(MediaType.APPLICATION_JSON)
                                                : List.of(consumes.value()),
                                        body.getParameterizedType())));
    }

    private static boolean isBody(Parameter parameter) {
        return Stream.<Class<? extends Annotation>>of(
                        PathParam.class,
                        QueryParam.class,
                        HeaderParam.class,
                        Context.class,
                        Suspended.class)
                .noneMatch(parameter::isAnnotationPresent);
    }

    private Map<String, Object> content(List<String> media, Type type) {
        var schema =
                type == InputStream.class
                        ? Map.<String, Object>of("type", "string", "format", "binary")
                        : schemas.of(type);
        var content = new LinkedHashMap<String, Object>();
        media.forEach(name -> content.put(name, Map.of("schema", schema)));
        return content;
    }

    private Map<String, Object> responses(Method method, Doc doc) {
        var responses = new LinkedHashMap<String, Object>();
        var status = doc == null ? 200 : doc.status();
        var success = new LinkedHashMap<String, Object>();
        success.put("description", status == 204 ? "Done." : "It worked.");
        var type = answer(method, doc);
        if (type != void.class) {
            var produces = method.getAnnotation(Produces.class);
            success.put(
                    "content",
                    content(
                            produces == null
                                    ? new ArrayList<>(List.of(usual(type)))
                                    : List.of(produces.value()),
                            type));
        }
        responses.put(Integer.toString(status), success);
        responses.put("default", Map.of("$ref", "#/components/responses/Problem"));
        return responses;
    }

    private static String usual(Type type) {
        return type == jakarta.ws.rs.core.StreamingOutput.class
                ? MediaType.APPLICATION_OCTET_STREAM
                : MediaType.APPLICATION_JSON;
    }

    private static Type answer(Method method, Doc doc) {
        if (doc != null && doc.answer() != void.class) {
            return doc.answer();
        }
        return method.getReturnType() == Response.class
                ? void.class
                : method.getGenericReturnType();
    }
}
