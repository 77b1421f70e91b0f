package io.headrace.web.http;

import io.headrace.engine.Refused;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.List;
import java.util.regex.Pattern;

/** Leads addresses that others use for the same things to ours. */
@PreMatching
public final class Aliases implements ContainerRequestFilter {

    private record Alias(String method, Pattern path, String toMethod, String to) {

        static Alias of(String method, String path, String toMethod, String to) {
            return new Alias(method, Pattern.compile(path), toMethod, to);
        }
    }

    private static final String OFFSET = "offset";

    private static final List<Alias> ALIASES =
            List.of(
                    Alias.of("DELETE", "v1/runs/([^/]+)", "POST", "api/v1/runs/$1/cancel"),
                    Alias.of("GET", "v1/jobs/([^/]+)", "GET", "api/v1/runs/$1/jobs"),
                    Alias.of(
                            "POST",
                            "(?:api/)?v1/runs/trigger|api/runs/trigger",
                            "POST",
                            "api/v1/runs"),
                    Alias.of(
                            "GET",
                            "(?:api|v1|api/v1)/runs/([^/]+)/dag",
                            "GET",
                            "api/v1/runs/$1/plan"),
                    Alias.of(
                            "GET",
                            "(?:api|v1|api/v1)/artifacts/([^/]+)/download",
                            "GET",
                            "api/v1/artifacts/$1/content"),
                    Alias.of("GET", "queue/stats", "GET", "api/v1/queue/stats"),
                    Alias.of("*", "(?:api|v1)/(runs(?:/.*)?|artifacts/.*)", "*", "api/v1/$1"));

    /** Those who count pages by it begin at 0; lists that grow at their head can't be counted. */
    private static void refuseAllButFirst(List<String> offsets) {
        if (!offsets.equals(List.of("0"))) {
            throw Refused.invalid(
                    "Lists are not read by 'offset'; leave it out, and give the 'next' of one answer as 'after' to the next call");
        }
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var uri = request.getUriInfo();
        var path = uri.getPath(false).replaceFirst("^/", "");
        for (var alias : ALIASES) {
            var matcher = alias.path().matcher(path);
            var method = request.getMethod();
            var fits =
                    alias.method().equals("*")
                            || alias.method().equals(method)
                            || (alias.method().equals(HttpMethod.GET)
                                    && method.equals(HttpMethod.HEAD));
            if (fits && matcher.matches()) {
                if (!alias.toMethod().equals(alias.method())) {
                    request.setMethod(alias.toMethod());
                }
                var address = uri.getRequestUriBuilder();
                if (uri.getQueryParameters().containsKey(OFFSET)) {
                    refuseAllButFirst(uri.getQueryParameters().get(OFFSET));
                    address.replaceQueryParam(OFFSET);
                }
                request.setRequestUri(
                        address.replacePath(
                                        uri.getBaseUri().getPath()
                                                + matcher.replaceFirst(alias.to()))
                                .build());
                return;
            }
        }
    }
}
