package io.headrace.ui;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Makes browsers ask whether a script or style of ours is still the same: their names don't change
 * with a new version of the server. web.xml says for which files.
 */
public final class Revalidation implements Filter {

    private static final String HEADER = "Cache-Control";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var http = (HttpServletResponse) response;
        http.setHeader(HEADER, "no-cache");
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
        public void addHeader(String name, String value) {
            if (!name.equalsIgnoreCase(HEADER)) {
                super.addHeader(name, value);
            }
        }
    }
}
