package io.headrace.web.http;

import io.headrace.engine.Refused;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Refuses query parameters that a route does not know, since they are mostly mistyped ones. */
public final class KnownParameters implements ContainerRequestFilter {

    private final ConcurrentHashMap<Method, Set<String>> known = new ConcurrentHashMap<>();

    @Context private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        var method = resource == null ? null : resource.getResourceMethod();
        if (method == null) {
            return;
        }
        var names = known.computeIfAbsent(method, KnownParameters::of);
        for (var given : request.getUriInfo().getQueryParameters().keySet()) {
            if (!names.contains(given)) {
                throw Refused.invalid(Unknown.name("The query parameter", given, names));
            }
        }
    }

    private static Set<String> of(Method method) {
        var names = new TreeSet<String>();
        for (var parameter : method.getParameters()) {
            var query = parameter.getAnnotation(QueryParam.class);
            if (query != null) {
                names.add(query.value());
            }
        }
        return names;
    }
}
