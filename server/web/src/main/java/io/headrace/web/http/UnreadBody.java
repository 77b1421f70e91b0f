package io.headrace.web.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;

/**
 * Reads what is left of a request's body before its answer is written, such as where it was refused
 * unread. Otherwise the container closes the connection behind the answer, without a word, since
 * the rest would be taken for the next request; and clients and proxies that use connections again
 * then fail with a request that has nothing to do with it. Where much is left the answer says that
 * the connection will be closed (RFC 9112 §9.6).
 */
public final class UnreadBody implements ContainerResponseFilter {

    /** More is not waited for. */
    static final int MOST = 64 << 10;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        // Who waits for '100 Continue' has sent nothing yet, and need not.
        if (request.getHeaderString(HttpHeaders.CONTENT_LENGTH) == null
                && request.getHeaderString("Transfer-Encoding") == null) {
            return;
        }
        if (request.getHeaderString("Expect") != null
                || request.getLength() > MOST
                || !drained(request)) {
            response.getHeaders().putSingle("Connection", "close");
        }
    }

    /** Returns whether the end was reached. */
    private static boolean drained(ContainerRequestContext request) {
        try {
            var in = request.getEntityStream();
            var bytes = new byte[4096];
            for (var left = MOST; left > 0; ) {
                var read = in.read(bytes, 0, Math.min(left, bytes.length));
                if (read < 0) {
                    return true;
                }
                left -= read;
            }
            return in.read() < 0;
        } catch (IllegalStateException e) {
            // It was read, and closed.
            return true;
        } catch (IOException | TooLarge e) {
            return false;
        }
    }
}
