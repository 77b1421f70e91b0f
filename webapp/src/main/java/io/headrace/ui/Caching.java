package io.headrace.ui;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Says how long browsers may keep a file. web.xml says which files, and the value of {@code
 * Cache-Control}. An answer that is no file is not kept.
 */
public final class Caching implements Filter {

    private static final String HEADER = "Cache-Control";

    private String value = "no-cache";

    @Override
    public void init(FilterConfig config) {
        value = config.getInitParameter("value");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var http = (HttpServletResponse) response;
        http.setHeader(HEADER, value);
        chain.doFilter(request, new Fixed(http));
    }

    /** Keeps what is behind from allowing more. */
    private static final class Fixed extends HttpServletResponseWrapper {

        Fixed(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void setHeader(String name, String value) {
            if (!name.equalsIgnoreCase(HEADER)) {
                super.setHeader(name, value);
            }
        }

        @Override
        public void sendError(int status) throws IOException {
            super.setHeader(HEADER, "no-store");
            super.sendError(status);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            super.setHeader(HEADER, "no-store");
            super.sendError(status, message);
        }

        @Override
        public void addHeader(String name, String value) {
            if (!name.equalsIgnoreCase(HEADER)) {
                super.addHeader(name, value);
            }
        }
    }
}
