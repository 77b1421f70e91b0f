package io.headrace.executor.docker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * As much of HTTP/1.1 as a Docker engine speaks: one request per connection, and an answer whose
 * body has a length, comes in chunks or ends with the connection.
 *
 * <p>It logs nothing, because environments with secrets in them pass through here.
 */
final class Http {

    private static final int LONGEST_LINE = 16 * 1024;

    /** The body of a request. */
    interface Body {

        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * An answer whose body is still to be read.
     *
     * @param link closed with the answer
     */
    record Answer(int status, InputStream body, Closeable link) implements Closeable {

        @Override
        public void close() throws IOException {
            link.close();
        }
    }

    private Http() {}

    /** Sends a request with a body that is in memory. */
    static Answer send(
            EngineAddress to, String method, String path, Map<String, String> headers, byte[] body)
            throws IOException {
        var all = new HashMap<>(headers);
        all.put("Content-Length", Integer.toString(body.length));
        return exchange(to, method, path, all, out -> out.write(body));
    }

    /** Sends a request whose body is produced while it is sent. */
    static Answer stream(
            EngineAddress to, String method, String path, Map<String, String> headers, Body body)
            throws IOException {
        var all = new HashMap<>(headers);
        all.put("Transfer-Encoding", "chunked");
        return exchange(
                to,
                method,
                path,
                all,
                out -> {
                    var chunked = new Chunks.Out(out);
                    body.writeTo(chunked);
                    chunked.finish();
                });
    }

    private static Answer exchange(
            EngineAddress to, String method, String path, Map<String, String> headers, Body body)
            throws IOException {
        var link = to.connect();
        try {
            var out = new BufferedOutputStream(link.out(), 32 * 1024);
            var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
            head.append("Host: docker\r\nConnection: close\r\n");
            headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
            head.append("\r\n");
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            body.writeTo(out);
            out.flush();
            return answer(link);
        } catch (IOException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private static Answer answer(EngineAddress.Link link) throws IOException {
        var in = new BufferedInputStream(link.in(), 32 * 1024);
        var status = line(in).split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.")) {
            throw new IOException("what answers is not a Docker engine");
        }
        var headers = new HashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return new Answer(Integer.parseInt(status[1]), body(headers, in), link);
    }

    private static InputStream body(Map<String, String> headers, InputStream in)
            throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return new Chunks.In(in);
        }
        var length = headers.get("content-length");
        // Only small answers say their length; streams are in chunks or end with the connection.
        return length == null
                ? in
                : new ByteArrayInputStream(in.readNBytes(Integer.parseInt(length)));
    }

    /** Reads up to the next line feed. */
    static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the engine closed the connection without an answer");
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("what answers is not a Docker engine");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
