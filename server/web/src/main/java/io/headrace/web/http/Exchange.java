package io.headrace.web.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer, for as long as the container lends them to us. Containers use the
 * objects behind them again for other requests. When a write fails on a thread of ours, Tomcat has
 * another thread take them back, while the first is still on its way out of the container's code:
 * the failure would then be found in the next request. So the container's thread waits here until
 * the write has returned, and nothing is written, flushed, closed or completed from then on.
 */
public final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** Longer than containers try to write to a reader who takes nothing. */
    private static final int PATIENCE_SECONDS = 60;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable IOException end;
    private volatile boolean takenBack;

    /** By us; the container may still tell of the failure that led to it. */
    private volatile boolean completed;

    /** Something that the container's code does with the answer. */
    interface Writing {

        void run() throws IOException;
    }

    /** Returns the request, given back only when nobody writes its answer any more. */
    public HttpServletRequest request(HttpServletRequest request) {
        return new PatientRequest(request, this);
    }

    /** Returns the response, which tells a reader who went away from an error. */
    public HttpServletResponse response(HttpServletResponse response) {
        return new PatientResponse(response, this);
    }

    /** Runs {@code writing}; throws {@link ReaderGone} if it fails, and ever after. */
    void write(Writing writing) throws ReaderGone {
        lock.lock();
        try {
            if (end != null) {
                throw new ReaderGone(end);
            }
            try {
                writing.run();
            } catch (IOException e) {
                end = e;
                throw new ReaderGone(e);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs {@code writing}, which tidies up, unless that is of no use any more. */
    void tidy(Writing writing) throws ReaderGone {
        if (end == null) {
            write(writing);
        }
    }

    /** Completes the exchange, unless the container has done it. */
    void complete(AsyncContext context) {
        lock.lock();
        try {
            if (!takenBack) {
                completed = true;
                context.complete();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a write to return, lets none begin, and completes the exchange unless we have. */
    void giveBack(AsyncContext context, @Nullable Throwable cause) {
        end(cause);
        if (!completed) {
            context.complete();
        }
    }

    /** Waits for a write to return, and lets none begin. */
    void end(@Nullable Throwable cause) {
        var mine = false;
        try {
            mine = lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!mine) {
                LOG.warn("A write did not return within {} s of its failure", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        takenBack = true;
        if (end == null) {
            end = new IOException("The exchange is over", cause);
        }
        if (mine) {
            lock.unlock();
        }
    }
}
