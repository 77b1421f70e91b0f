package io.headrace.web.server;

import io.headrace.engine.access.Permission;
import io.headrace.web.access.Needs;
import io.headrace.web.access.Public;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A way into the server.
 *
 * @param verb such as {@code GET}
 * @param path a template, such as {@code /api/v1/runs/{id}}
 * @param method that answers
 * @param needs what callers must be allowed to do; null for a public route
 */
public record Route(String verb, String path, Method method, @Nullable Permission needs) {

    /**
     * Lists the routes of {@code resources}, sorted by path and verb.
     *
     * @throws IllegalStateException if one says neither what it needs nor that it is public
     */
    public static List<Route> of(Collection<?> resources) {
        return ofClasses(resources.stream().<Class<?>>map(Object::getClass).toList());
    }

    static List<Route> ofClasses(Collection<Class<?>> resources) {
        var routes = new ArrayList<Route>();
        for (var resource : resources) {
            var root = resource.getAnnotation(Path.class);
            if (root == null) {
                continue;
            }
            for (var method : resource.getMethods()) {
                verb(method).ifPresent(verb -> routes.add(route(verb, root.value(), method)));
            }
        }
        routes.sort(
                Comparator.comparing(Route::path)
                        .thenComparing(Route::verb)
                        .thenComparing(r -> r.method().getName()));
        return List.copyOf(routes);
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static Route route(String verb, String root, Method method) {
        var needs = method.getAnnotation(Needs.class);
        if ((needs == null) == (method.getAnnotation(Public.class) == null)) {
            throw new IllegalStateException(
                    "%s says neither or both of @Needs and @Public".formatted(method));
        }
        var own = method.getAnnotation(Path.class);
        var path = "/" + root + (own == null ? "" : "/" + own.value());
        return new Route(
                verb,
                path.replaceAll("\\{(\\w+)\\s*:[^}]*}", "{$1}"),
                method,
                needs == null ? null : needs.value());
    }
}
