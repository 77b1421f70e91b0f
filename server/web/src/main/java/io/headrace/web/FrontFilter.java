package io.headrace.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.engine.access.FirstAdministrator;
import io.headrace.web.http.Correlation;
import io.headrace.web.http.Json;
import io.headrace.web.http.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.MDC;

/**
 * Stands before everything, pages included: gives each request an id, believes a proxy if that is
 * configured, sets the headers that all answers have, and serves nobody but the server's own
 * machine before there is an administrator.
 */
final class FrontFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final List<String> PROXIED =
            List.of("X-Forwarded-For", "Forwarded", "X-Real-IP");

    private final transient FirstAdministrator first;
    private final boolean trustProxy;

    FrontFilter(FirstAdministrator first, boolean trustProxy) {
        this.first = first;
        this.trustProxy = trustProxy;
    }

    @Override
    protected void doFilter(
            HttpServletRequest given, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var request = trustProxy ? new ProxiedRequest(given, response) : given;
        var id = Correlation.begin(request);
        response.setHeader(Correlation.HEADER, id);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        if (closed(request)) {
            refuse(request, response, id);
            return;
        }
        MDC.put("correlation", id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove("correlation");
        }
    }

    private boolean closed(HttpServletRequest request) {
        return first.pending()
                && !request.getRequestURI().startsWith(request.getContextPath() + "/health/")
                && !isOwnMachine(request);
    }

    /** Somebody behind a proxy on this machine is not on this machine. */
    private boolean isOwnMachine(HttpServletRequest request) {
        var direct =
                trustProxy || PROXIED.stream().allMatch(name -> request.getHeader(name) == null);
        return direct && Addresses.isLoopback(request.getRemoteAddr());
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, String id)
            throws IOException {
        var detail =
                "Headrace has no administrator yet, and answers to its own machine only until it"
                        + " has: open the link that it printed when it started, on that machine";
        response.setStatus(403);
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream()
                .write(
                        Json.text(Problem.of(403, detail, request.getRequestURI(), id))
                                .getBytes(UTF_8));
    }
}
