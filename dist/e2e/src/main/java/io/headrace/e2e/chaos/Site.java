package io.headrace.e2e.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** All processes of a trial. */
final class Site implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);

    /** Short, so that losses are noticed soon; long enough for processes that share few cores. */
    static final Duration LEASE = Duration.ofSeconds(5);

    private final Path directory;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Proxy> proxies = new ArrayList<>();
    private final @Nullable Postgres postgres;
    private final Rest rest = new Rest();
    private final Thread hook = new Thread(this::abandon, "abandon");
    private volatile boolean closed;

    /** Prepares a site: one server with Derby, or several processes on one PostgreSQL. */
    Site(Path directory, ChaosTrial.Plan plan) throws IOException {
        this.directory = directory;
        if (!plan.onPostgresql()) {
            postgres = null;
            nodes.add(new Node("server", false, home("server"), variables(4), null));
            return;
        }
        postgres = Postgres.start(directory.resolve("postgresql"));
        for (var i = 0; i < plan.controllers(); i++) {
            // Some take requests only; some work, too.
            add("server-" + (i + 1), false, i % 2 == 0 ? 0 : 2, postgres);
        }
        for (var i = 0; i < plan.workers(); i++) {
            add("worker-" + (i + 1), true, 4, postgres);
        }
    }

    private void add(String name, boolean worker, int slots, Postgres database) throws IOException {
        var proxy = new Proxy(database.port());
        proxies.add(proxy);
        var variables = variables(slots);
        for (var variable : Postgres.variables(proxy.port())) {
            var equals = variable.indexOf('=');
            variables.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        variables.put("HEADRACE_WORKER_NAME", name);
        variables.put("HEADRACE_SHARED_DIRECTORY", directory.resolve("shared").toString());
        nodes.add(new Node(name, worker, home(name), variables, proxy));
    }

    private Path home(String name) {
        return directory.resolve(name);
    }

    private static Map<String, String> variables(int slots) {
        return new HashMap<>(
                Map.of(
                        "HEADRACE_WORKER_SLOTS",
                        Integer.toString(slots),
                        "HEADRACE_WORKER_LEASE",
                        Long.toString(LEASE.toSeconds()),
                        "HEADRACE_WORKER_KILL_GRACE",
                        "1",
                        "HEADRACE_START_CACHE",
                        "false"));
    }

    /** Starts everything, the first server before the others, and waits until all serve. */
    void start() throws IOException {
        // Whoever ends the trial ends what it started.
        Runtime.getRuntime().addShutdownHook(hook);
        nodes.getFirst().start();
        awaitReady(nodes.getFirst());
        rest.use(
                Files.readString(nodes.getFirst().home().resolve("secrets/initial-admin.token"))
                        .strip());
        for (var node : nodes) {
            node.start();
        }
        nodes.forEach(this::awaitReady);
        Thread.ofVirtual().name("supervisor").start(this::supervise);
    }

    private void supervise() {
        while (!closed) {
            for (var node : nodes) {
                try {
                    node.revive();
                } catch (IOException e) {
                    throw new IllegalStateException(node.name() + " can't be started", e);
                }
            }
            Waiting.pause(500);
        }
    }

    private void awaitReady(Node node) {
        if (!awaitReady(node, START)) {
            throw new IllegalStateException(
                    node.name() + " is not ready; see " + node.home().resolve("server.log"));
        }
    }

    /** Returns whether a process is ready within a time. */
    boolean awaitReady(Node node, Duration patience) {
        return Waiting.until(patience, () -> isReady(node));
    }

    private boolean isReady(Node node) throws IOException {
        return rest.get(node.url() + "/health/ready").status() == 200;
    }

    /** Makes everything well again, and waits until it is. */
    void heal() throws IOException {
        proxies.forEach(proxy -> proxy.set(Proxy.Mode.FINE));
        for (var node : nodes) {
            node.freeze(false);
            node.start();
        }
        nodes.forEach(this::awaitReady);
    }

    List<Node> nodes() {
        return nodes;
    }

    Node server(Random random) {
        var servers = nodes.stream().filter(node -> !node.isWorker()).toList();
        return servers.get(random.nextInt(servers.size()));
    }

    @Nullable Postgres postgres() {
        return postgres;
    }

    Rest rest() {
        return rest;
    }

    Path marks() {
        return directory.resolve("marks");
    }

    Path directory() {
        return directory;
    }

    private void abandon() {
        closed = true;
        nodes.forEach(Node::kill);
        try {
            if (postgres != null) {
                postgres.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL goes on in " + directory, e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs already, and does the same.
            return;
        }
        for (var node : nodes) {
            node.freeze(false);
        }
        nodes.parallelStream().forEach(Node::close);
        for (var proxy : proxies) {
            proxy.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
