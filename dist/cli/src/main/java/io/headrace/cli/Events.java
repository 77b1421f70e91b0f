package io.headrace.cli;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
final class Events {

    private final BufferedReader reader;
    private String name = "message";
    private String data = "";
    private @Nullable String id;

    Events(BufferedReader reader) {
        this.reader = reader;
    }

    /**
     * Reads the next event, passing over comments.
     *
     * @return false never: a stream that ends without an event of its own that says so was cut off
     * @throws EOFException if the stream ended
     */
    boolean next() throws IOException {
        name = "message";
        id = null;
        var text = new StringBuilder();
        var any = false;
        while (true) {
            var line = reader.readLine();
            if (line == null) {
                throw new EOFException("the stream of events ended");
            }
            if (line.isEmpty()) {
                if (any) {
                    data = text.toString();
                    return true;
                }
                continue;
            }
            var colon = line.indexOf(':');
            if (colon == 0) {
                continue;
            }
            var field = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "event" -> name = value;
                case "id" -> id = value;
                case "data" -> {
                    text.append(any ? "\n" : "").append(value);
                    any = true;
                }
                default -> {}
            }
        }
    }

    String name() {
        return name;
    }

    String data() {
        return data;
    }

    @Nullable String id() {
        return id;
    }
}
