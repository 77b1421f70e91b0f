package io.headrace.web.access;

import io.headrace.engine.access.LoginThrottle;
import io.headrace.engine.access.Permission;
import io.headrace.engine.access.Principal;
import io.headrace.engine.access.Tokens;
import io.headrace.web.http.Correlation;
import io.headrace.web.http.Problem;
import io.headrace.web.http.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request through to a route if its caller may do what the route {@link Needs}. A route that
 * says nothing is closed.
 */
public final class Gate implements ContainerRequestFilter {

    private static final Set<String> HARMLESS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String BEARER = "Bearer ";

    private final Tokens tokens;
    private final WebSessions sessions;
    private final LoginThrottle throttle;
    private final SameOrigin sameOrigin;

    @Context private @Nullable ResourceInfo resource;
    @Context private @Nullable HttpServletRequest servlet;

    public Gate(
            Tokens tokens, WebSessions sessions, LoginThrottle throttle, SameOrigin sameOrigin) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.throttle = throttle;
        this.sameOrigin = sameOrigin;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var http = servlet;
        var method = resource == null ? null : resource.getResourceMethod();
        if (http == null || method == null) {
            abort(request, 403, "This route is closed");
            return;
        }
        var harmless = HARMLESS.contains(request.getMethod());
        if (method.isAnnotationPresent(Public.class)) {
            if (!harmless && !sameOrigin.plausible(http)) {
                abort(request, 403, "Another site sent this request; send it from this one");
            }
            return;
        }
        var needs = method.getAnnotation(Needs.class);
        if (needs == null) {
            abort(request, 403, "This route is closed");
            return;
        }
        var authorization = http.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            admit(request, byToken(http, authorization), needs.value(), "The token is not valid");
            return;
        }
        var principal = sessions.of(http);
        if (principal.isPresent()
                && !harmless
                && !sameOrigin.proven(http, sessions.csrf(http).orElse(""))) {
            abort(
                    request,
                    403,
                    "A browser's request that changes something needs the header %s with the text that GET /api/v1/me gives, and must come from this site"
                            .formatted(WebSessions.CSRF_HEADER));
            return;
        }
        admit(
                request,
                principal,
                needs.value(),
                "Send an API token (Authorization: Bearer hrt_…), or log in");
    }

    private Optional<Principal> byToken(HttpServletRequest request, String authorization) {
        var address = request.getRemoteAddr();
        var principal =
                authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                        ? tokens.authenticate(authorization.substring(BEARER.length()).strip())
                        : Optional.<Principal>empty();
        if (principal.isEmpty()) {
            throttle.admit(address);
            throttle.failed(address);
        }
        return principal;
    }

    private void admit(
            ContainerRequestContext request,
            Optional<Principal> principal,
            Permission needed,
            String otherwise) {
        if (principal.isEmpty()) {
            abort(request, 401, otherwise);
        } else if (!principal.get().may(needed)) {
            abort(
                    request,
                    403,
                    "'%s' is %s here; that needs the permission %s"
                            .formatted(principal.get().name(), principal.get().role(), needed));
        } else {
            request.setSecurityContext(
                    new Caller(principal.get(), servlet != null && servlet.isSecure()));
        }
    }

    private void abort(ContainerRequestContext request, int status, String detail) {
        var path = servlet == null ? "" : servlet.getRequestURI();
        var response =
                jakarta.ws.rs.core.Response.fromResponse(
                        Problems.response(
                                Problem.of(status, detail, path, Correlation.of(servlet))));
        if (status == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"headrace\"");
        }
        request.abortWith(response.build());
    }
}
