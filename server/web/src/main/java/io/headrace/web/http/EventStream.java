package io.headrace.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes server-sent events. Used by one thread. */
public final class EventStream {

    /** The media type of such a stream. */
    public static final String MEDIA_TYPE = "text/event-stream";

    private final OutputStream out;
    private final long heartbeatNanos;
    private boolean unsent;
    private long sent = System.nanoTime();

    /**
     * Begins a stream: tells people and proxies at once that it works, and the browser how soon to
     * come back, in milliseconds.
     *
     * @param heartbeat how long the stream may stay silent
     */
    public EventStream(OutputStream out, Duration heartbeat) throws IOException {
        this.out = out;
        this.heartbeatNanos = heartbeat.toNanos();
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

    /** Returns how long the stream may still be silent, in nanoseconds; 0 if it was long enough. */
    public long untilHeartbeat() {
        return Math.max(0, heartbeatNanos - (System.nanoTime() - sent));
    }

    /**
     * Sends a sign of life if the stream was silent for long enough: it shows proxies, and
     * ourselves, that the reader is still there.
     *
     * @return whether it was sent
     */
    public boolean keepAlive() throws IOException {
        if (untilHeartbeat() > 0) {
            return false;
        }
        write(": still here\n\n");
        flush();
        return true;
    }

    /** Sends what was written. */
    public void flush() throws IOException {
        if (unsent) {
            out.flush();
            unsent = false;
            sent = System.nanoTime();
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        unsent = true;
    }
}
