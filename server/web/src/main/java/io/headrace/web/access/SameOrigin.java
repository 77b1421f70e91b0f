package io.headrace.web.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.MessageDigest;

/**
 * Tells the requests of our own pages from those that other sites make a browser send.
 *
 * <p>The host that an {@code Origin} is compared with is the one that the front filter found, so
 * behind a proxy it is the proxy's if the operator configured that.
 */
public final class SameOrigin {

    /** Returns whether nothing says that another site sent the request. */
    boolean plausible(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        var origin = request.getHeader("Origin");
        return origin == null || isOurs(origin, request);
    }

    /** Returns whether the request also proves to know the session's {@code token}. */
    boolean proven(HttpServletRequest request, String token) {
        var given = request.getHeader(WebSessions.CSRF_HEADER);
        return !token.isEmpty()
                && given != null
                && MessageDigest.isEqual(given.getBytes(UTF_8), token.getBytes(UTF_8))
                && plausible(request);
    }

    private static boolean isOurs(String origin, HttpServletRequest request) {
        try {
            var uri = URI.create(origin);
            return request.getServerName().equalsIgnoreCase(uri.getHost())
                    && request.getServerPort() == port(uri);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
