package io.headrace.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes server-sent events. Used by one thread. */
public final class EventStream {

    /** The media type of such a stream. */
    public static final String MEDIA_TYPE = "text/event-stream";

    /** How long a stream stays silent at most, in seconds. */
    public static final int HEARTBEAT_SECONDS = 15;

    private final OutputStream out;

    /**
     * Begins a stream: tells people and proxies at once that it works, and the browser how soon to
     * come back, in milliseconds.
     */
    public EventStream(OutputStream out) throws IOException {
        this.out = out;
        write(": connected\nretry: 1000\n\n");
        flush();
    }

    /**
     * Writes an event; {@link #flush} sends it.
     *
     * @param id for {@code Last-Event-ID}, without line ends; null leaves the last one
     * @param data JSON, which has no line ends
     */
    public void event(String name, @Nullable String id, String data) throws IOException {
        var text = new StringBuilder(data.length() + 64);
        if (id != null) {
            text.append("id: ").append(id).append('\n');
        }
        text.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
        write(text.toString());
    }

    /** Shows proxies, and ourselves, that the reader is still there. */
    public void heartbeat() throws IOException {
        write(": still here\n\n");
        flush();
    }

    public void flush() throws IOException {
        out.flush();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }
}
