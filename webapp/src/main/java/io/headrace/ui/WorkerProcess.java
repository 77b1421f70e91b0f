package io.headrace.ui;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.headrace.engine.Configuration;
import io.headrace.engine.Headrace;
import io.headrace.engine.Home;
import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import io.headrace.engine.health.Health;
import io.headrace.engine.health.Part;
import io.headrace.store.DatabaseConfig;
import io.headrace.store.DatabaseStores;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that runs jobs of a database that it shares with servers, and nothing else: no pages,
 * no API. Its port says whether it is well, at {@code /health/live} and {@code /health/ready}.
 */
public final class WorkerProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

    private final Headrace headrace;
    private final HttpServer http;

    private WorkerProcess(Headrace headrace, HttpServer http) {
        this.headrace = headrace;
        this.http = http;
    }

    /**
     * Starts working, until the process is asked to end. The launcher calls it.
     *
     * @param webapp the unpacked WAR
     * @param host address to listen on
     * @param port to listen on; 0 takes any free one
     * @return null, or why it can't be started, for the operator
     */
    public static @Nullable String start(File webapp, File home, String host, int port) {
        try {
            var worker = open(webapp.toPath(), new Home(home.toPath()), host, port);
            Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "shutdown"));
            System.out.printf(
                    "Headrace is ready at http://%s:%d, and only works%n",
                    host, worker.http.getAddress().getPort());
            return null;
        } catch (Refused | StoreException | IOException | UncheckedIOException e) {
            return "Headrace can't start in %s: %s".formatted(home, Server.message(e));
        }
    }

    private static WorkerProcess open(Path webapp, Home home, String host, int port)
            throws IOException {
        home.create();
        var environment = new HashMap<>(System.getenv());
        environment.put("HEADRACE_WORKER_ONLY", "true");
        var configuration = Configuration.read(home.configuration(), environment);
        var shared = home.sharing(configuration.sharedDirectory()).create();
        // First, as the port may be taken.
        var http = HttpServer.create(new InetSocketAddress(host, port), 0);
        try {
            var clock = Clock.systemUTC();
            var stores = DatabaseStores.open(DatabaseConfig.of(home, configuration), clock);
            var plugins = webapp.resolve("WEB-INF/plugins");
            var headrace = start(shared, configuration, stores, plugins, clock);
            http.createContext("/", exchange -> answer(exchange, headrace.health()));
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.start();
            return new WorkerProcess(headrace, http);
        } catch (IOException | RuntimeException e) {
            http.stop(0);
            throw e;
        }
    }

    private static Headrace start(
            Home home,
            Configuration configuration,
            DatabaseStores stores,
            Path plugins,
            Clock clock)
            throws IOException {
        try {
            return Headrace.start(home, configuration, stores, plugins, clock);
        } catch (IOException | RuntimeException e) {
            stores.close();
            throw e;
        }
    }

    private static void answer(HttpExchange exchange, Health health) throws IOException {
        try (exchange) {
            var parts =
                    switch (exchange.getRequestURI().getPath()) {
                        case "/health/live" -> Map.<String, Part>of();
                        case "/health/ready" -> health.look();
                        default -> null;
                    };
            if (parts == null) {
                send(exchange, 404, "{\"detail\":\"This process only works; ask a server\"}");
                return;
            }
            var worst =
                    parts.values().stream()
                            .map(Part::state)
                            .max(Part.State::compareTo)
                            .orElse(Part.State.UP);
            var checks =
                    parts.entrySet().stream()
                            .map(part ->
                                    "\"%s\":\"%s\""
                                            .formatted(part.getKey(), part.getValue().state()))
                            .collect(Collectors.joining(","));
            send(
                    exchange,
                    worst == Part.State.DOWN ? 503 : 200,
                    "{\"status\":\"%s\",\"checks\":{%s}}".formatted(worst, checks));
        } catch (RuntimeException e) {
            LOG.warn("A question after the worker's health was not answered", e);
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        headrace.close();
        http.stop(0);
    }
}
