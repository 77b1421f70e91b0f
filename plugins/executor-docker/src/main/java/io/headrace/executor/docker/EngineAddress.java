package io.headrace.executor.docker;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;

/**
 * Where a Docker engine listens.
 *
 * @param uri {@code unix:///path} or {@code tcp://host:port}
 */
record EngineAddress(URI uri) {

    private static final String USUAL = "unix:///var/run/docker.sock";
    private static final String TLS = "DOCKER_TLS_VERIFY";
    private static final int PORT = 2375;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    /** A connection, to be used by one thread and closed by any. */
    record Link(InputStream in, OutputStream out, Closeable socket) implements Closeable {

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /**
     * @param setting what the administrator wrote; empty means what {@code DOCKER_HOST} says, or
     *     the usual socket
     * @throws IllegalArgumentException if the address is malformed or of a kind that we don't speak
     */
    static EngineAddress of(String setting, Map<String, String> environment) {
        var fromOutside = environment.getOrDefault("DOCKER_HOST", "").strip();
        var text = !setting.isEmpty() ? setting : !fromOutside.isEmpty() ? fromOutside : USUAL;
        var uri = parsed(text);
        if ("tcp".equals(uri.getScheme()) && !environment.getOrDefault(TLS, "").isEmpty()) {
            throw new IllegalArgumentException(
                    "Docker engine address '%s' is meant for TLS (%s is set), which Headrace does not speak to an engine; use a tunnel and unset %s"
                            .formatted(text, TLS, TLS));
        }
        return new EngineAddress(uri);
    }

    private static URI parsed(String text) {
        try {
            var uri = new URI(text);
            var path = uri.getPath();
            if ("unix".equals(uri.getScheme()) && path != null && path.length() > 1) {
                return uri;
            }
            if ("tcp".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(malformed(text), e);
        }
        throw new IllegalArgumentException(malformed(text));
    }

    private static String malformed(String text) {
        return "Docker engine address '%s' is not understood; use unix:///path or tcp://host:port, and a tunnel for an engine behind SSH or TLS"
                .formatted(text);
    }

    /** Returns whether the engine sees the same files as this process. */
    boolean isLocal() {
        return "unix".equals(uri.getScheme());
    }

    /** Connects; the engine may be down. */
    Link connect() throws IOException {
        if (isLocal()) {
            var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(uri.getPath()));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            return new Link(
                    Channels.newInputStream(channel), Channels.newOutputStream(channel), channel);
        }
        var socket = new Socket();
        try {
            var port = uri.getPort() < 0 ? PORT : uri.getPort();
            socket.connect(
                    new InetSocketAddress(uri.getHost(), port), (int) CONNECT_LIMIT.toMillis());
            return new Link(socket.getInputStream(), socket.getOutputStream(), socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
