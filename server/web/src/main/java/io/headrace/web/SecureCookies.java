package io.headrace.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/**
 * Marks the session's cookie {@code Secure} where the browser talks TLS to a proxy in front of us.
 * The container, which writes the cookie, knows only the plain connection from the proxy.
 */
final class SecureCookies {

    private static final String HEADER = "Set-Cookie";
    private static final String SECURE = "; Secure";

    private SecureCookies() {}

    /** Marks the cookie {@code name}, if {@code response} has one; leaves all others alone. */
    static void mark(String name, HttpServletResponse response) {
        var cookies = List.copyOf(response.getHeaders(HEADER));
        if (cookies.stream().noneMatch(cookie -> wants(name, cookie))) {
            return;
        }
        for (var i = 0; i < cookies.size(); i++) {
            var cookie = cookies.get(i);
            var marked = wants(name, cookie) ? cookie + SECURE : cookie;
            if (i == 0) {
                response.setHeader(HEADER, marked);
            } else {
                response.addHeader(HEADER, marked);
            }
        }
    }

    private static boolean wants(String name, String cookie) {
        return cookie.startsWith(name + "=") && !cookie.contains(SECURE);
    }
}
