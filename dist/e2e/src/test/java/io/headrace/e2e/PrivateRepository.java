package io.headrace.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Executors;

/** Serves the files of a bare repository over HTTP, which git can read, to one login only. */
final class PrivateRepository implements AutoCloseable {

    private final Path root;
    private final String expected;
    private final HttpServer server;

    private PrivateRepository(Path root, String expected, HttpServer server) {
        this.root = root;
        this.expected = expected;
        this.server = server;
    }

    /** Copies {@code repository} to {@code root} and serves it as {@code /shop.git}. */
    static PrivateRepository of(Repository repository, Path root, String user, String password)
            throws IOException {
        Files.createDirectories(root);
        var bare = root.resolve("shop.git").toString();
        repository.git("clone", "-q", "--bare", repository.path().toString(), bare);
        repository.git("--git-dir", bare, "update-server-info");
        var login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var served =
                new PrivateRepository(
                        root, "Basic " + Base64.getEncoder().encodeToString(login), server);
        server.createContext("/", served::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return served;
    }

    String url() {
        return "http://127.0.0.1:%d/shop.git".formatted(server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var file = root.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
            if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"shop\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (!file.startsWith(root) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                var bytes = Files.readAllBytes(file);
                exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
