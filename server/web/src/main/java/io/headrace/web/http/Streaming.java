package io.headrace.web.http;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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

    /**
     * Returns a body that ends quietly when the reader goes away, which is how most streams end.
     */
    public static StreamingOutput body(StreamingOutput body) {
        return out -> {
            var reader = new Reader(out);
            try {
                body.write(reader);
            } catch (IOException e) {
                if (!reader.gone) {
                    throw e;
                }
                LOG.debug("A reader went away", e);
            }
        };
    }

    private static final class Reader extends FilterOutputStream {

        private boolean gone;

        Reader(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                gone = true;
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                gone = true;
                throw e;
            }
        }
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
