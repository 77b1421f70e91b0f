package io.headrace.web.http;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on a virtual thread, so that a slow reader costs no thread of the servlet container. The
 * answer's entity is written by that thread as well.
 */
public final class Streaming {

    private static final Logger LOG = LoggerFactory.getLogger(Streaming.class);

    private Streaming() {}

    /** Resumes {@code response} with what {@code answer} returns or throws. */
    public static void answer(AsyncResponse response, Callable<?> answer) {
        Thread.ofVirtual().name("http-stream").start(() -> resume(response, answer));
    }

    /** Returns a body that ends quietly when the reader goes away, as most streams end. */
    public static StreamingOutput body(StreamingOutput body) {
        return out -> {
            try {
                body.write(out);
            } catch (ReaderGone e) {
                LOG.debug("A reader went away", e);
            }
        };
    }

    private static void resume(AsyncResponse response, Callable<?> answer) {
        Object result;
        try {
            result = answer.call();
        } catch (Exception e) {
            response.resume(e);
            return;
        }
        response.resume(result);
    }
}
