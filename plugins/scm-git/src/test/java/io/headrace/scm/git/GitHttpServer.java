package io.headrace.scm.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves repositories over HTTP by {@code git http-backend}, to one login only. */
final class GitHttpServer implements AutoCloseable {

    private final Path root;
    private final String expected;
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();

    GitHttpServer(Path root, String user, String password) throws IOException {
        this.root = root;
        this.expected =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (user + ":" + password).getBytes(StandardCharsets.UTF_8));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    GitHttpServer start() {
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return this;
    }

    String url(String path) {
        return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), path);
    }

    int requests() {
        return requests.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"test\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            answer(exchange, backend(exchange));
        }
    }

    private byte[] backend(HttpExchange exchange) throws IOException {
        var builder = new ProcessBuilder("git", "http-backend");
        var environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        var query = exchange.getRequestURI().getQuery();
        environment.put("QUERY_STRING", query == null ? "" : query);
        for (var header :
                List.of(
                        List.of("CONTENT_TYPE", "Content-Type"),
                        List.of("HTTP_CONTENT_ENCODING", "Content-Encoding"),
                        List.of("GIT_PROTOCOL", "Git-Protocol"))) {
            var value = exchange.getRequestHeaders().getFirst(header.getLast());
            if (value != null) {
                environment.put(header.getFirst(), value);
            }
        }
        var body = exchange.getRequestBody().readAllBytes();
        environment.put("CONTENT_LENGTH", Integer.toString(body.length));
        var process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(body);
        }
        return process.getInputStream().readAllBytes();
    }

    private static void answer(HttpExchange exchange, byte[] cgi) throws IOException {
        var status = 200;
        var line = new ByteArrayOutputStream();
        var at = 0;
        while (true) {
            var b = cgi[at++];
            if (b != '\n') {
                line.write(b);
                continue;
            }
            var header = line.toString(StandardCharsets.UTF_8).strip();
            line.reset();
            if (header.isEmpty()) {
                break;
            }
            var colon = header.indexOf(':');
            var value = header.substring(colon + 1).strip();
            if (header.startsWith("Status:")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(header.substring(0, colon), value);
            }
        }
        exchange.sendResponseHeaders(status, cgi.length == at ? -1 : cgi.length - at);
        exchange.getResponseBody().write(cgi, at, cgi.length - at);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
