package io.headrace.web.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Refuses bodies that are too large, before or while they are read. */
public final class BodyLimit implements ContainerRequestFilter {

    /** What a route takes that says nothing else: 1 MiB. */
    static final long DEFAULT = 1 << 20;

    @Context private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        var limit = limit();
        if (request.getLength() > limit) {
            throw new TooLarge(limit);
        }
        if (request.hasEntity()) {
            request.setEntityStream(new Limited(request.getEntityStream(), limit));
        }
    }

    private long limit() {
        var method = resource == null ? null : resource.getResourceMethod();
        var own = method == null ? null : method.getAnnotation(MaxBody.class);
        return own == null ? DEFAULT : own.value();
    }

    private static final class Limited extends FilterInputStream {

        private final long limit;
        private long left;

        Limited(InputStream in, long limit) {
            super(in);
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            var next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var read = super.read(bytes, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw new TooLarge(limit);
            }
        }
    }
}
