package io.headrace.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request as the client sent it to the proxy in front of us. Of {@code X-Forwarded-For} only the
 * last address is believed, which is the one that our proxy added.
 */
final class ProxiedRequest extends HttpServletRequestWrapper {

    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");

    private final HttpServletResponse response;

    ProxiedRequest(HttpServletRequest request, HttpServletResponse response) {
        super(request);
        this.response = response;
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        var session = super.getSession(create);
        if (create) {
            secure();
        }
        return session;
    }

    @Override
    public HttpSession getSession() {
        var session = super.getSession();
        secure();
        return session;
    }

    @Override
    public String changeSessionId() {
        var id = super.changeSessionId();
        secure();
        return id;
    }

    /** A session begins with a cookie, and so does a new id of it. */
    private void secure() {
        if (isSecure()) {
            SecureCookies.mark(WebModule.SESSION_COOKIE, response);
        }
    }

    @Override
    public String getRemoteAddr() {
        var header = getHeader("X-Forwarded-For");
        if (header == null || header.isBlank()) {
            return super.getRemoteAddr();
        }
        var last = header.substring(header.lastIndexOf(',') + 1).strip();
        return last.isEmpty() ? super.getRemoteAddr() : last;
    }

    @Override
    public String getScheme() {
        var scheme = last("X-Forwarded-Proto");
        return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme)
                ? scheme.toLowerCase(java.util.Locale.ROOT)
                : super.getScheme();
    }

    @Override
    public boolean isSecure() {
        return getScheme().equals("https");
    }

    @Override
    public String getServerName() {
        var host = host();
        return host == null ? super.getServerName() : host.group(1);
    }

    @Override
    public int getServerPort() {
        var host = host();
        if (host == null) {
            return super.getServerPort();
        }
        return host.group(2) == null ? (isSecure() ? 443 : 80) : Integer.parseInt(host.group(2));
    }

    @Override
    public StringBuffer getRequestURL() {
        var usual = getServerPort() == (isSecure() ? 443 : 80);
        return new StringBuffer(getScheme())
                .append("://")
                .append(getServerName())
                .append(usual ? "" : ":" + getServerPort())
                .append(getRequestURI());
    }

    private java.util.regex.@Nullable Matcher host() {
        var matcher = HOST.matcher(last("X-Forwarded-Host"));
        return matcher.matches() ? matcher : null;
    }

    private String last(String name) {
        var header = getHeader(name);
        return header == null ? "" : header.substring(header.lastIndexOf(',') + 1).strip();
    }
}
