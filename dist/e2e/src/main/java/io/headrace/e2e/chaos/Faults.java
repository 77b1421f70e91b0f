package io.headrace.e2e.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Breaks things one after the other, several at a time, and mends each after a while. */
final class Faults {

    /** What can be broken. */
    enum Kind {
        KILL_SERVER("kill -9 of a server"),
        KILL_WORKER("kill -9 of a worker"),
        FREEZE("a process frozen for longer than its lease"),
        CUT("a process cut off from the database"),
        SWALLOW("a network to the database that swallows everything"),
        SLOW("a slow network to the database"),
        KILL_DATABASE("kill -9 of PostgreSQL");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** How long a process is left alone that was started again. */
    private static final Duration RESTART = Duration.ofMinutes(1);

    private final Site site;
    private final Random random;
    private final Map<Kind, Integer> done = new EnumMap<>(Kind.class);
    private final List<Thread> mending = new ArrayList<>();

    Faults(Site site, long seed) {
        this.site = site;
        this.random = new Random(seed);
    }

    /** Returns how many there were, by kind. */
    Map<Kind, Integer> done() {
        return Map.copyOf(done);
    }

    int count() {
        return done.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Breaks one thing, or nothing if that has a fault already. */
    void one() throws IOException {
        var kind = kind();
        if (kind == Kind.KILL_DATABASE) {
            killDatabase();
            count(kind);
            return;
        }
        var node = node(kind);
        if (!node.take()) {
            return;
        }
        count(kind);
        var millis = time(kind);
        begin(kind, node);
        var thread =
                Thread.ofVirtual()
                        .start(() -> {
                            Waiting.pause(millis);
                            end(kind, node);
                        });
        mending.add(thread);
    }

    private void count(Kind kind) {
        done.merge(kind, 1, Integer::sum);
    }

    private Kind kind() {
        if (site.postgres() == null) {
            return random.nextInt(3) == 0 ? Kind.FREEZE : Kind.KILL_SERVER;
        }
        var draw = random.nextInt(100);
        return draw < 25
                ? Kind.KILL_WORKER
                : draw < 35
                        ? Kind.KILL_SERVER
                        : draw < 60
                                ? Kind.FREEZE
                                : draw < 78
                                        ? Kind.CUT
                                        : draw < 86
                                                ? Kind.SWALLOW
                                                : draw < 96 ? Kind.SLOW : Kind.KILL_DATABASE;
    }

    private Node node(Kind kind) {
        var nodes =
                site.nodes().stream()
                        .filter(node ->
                                switch (kind) {
                                    case KILL_SERVER -> !node.isWorker();
                                    case KILL_WORKER -> node.isWorker();
                                    default -> true;
                                })
                        .toList();
        return nodes.get(random.nextInt(nodes.size()));
    }

    private long time(Kind kind) {
        var lease = Site.LEASE.toMillis();
        return switch (kind) {
            case KILL_SERVER, KILL_WORKER -> random.nextLong(3000);
            case FREEZE -> lease + 500 + random.nextLong(lease);
            case CUT, SWALLOW, SLOW, KILL_DATABASE -> 500 + random.nextLong(2 * lease);
        };
    }

    private static void begin(Kind kind, Node node) throws IOException {
        var proxy = node.proxy();
        switch (kind) {
            case KILL_SERVER, KILL_WORKER -> node.kill();
            case FREEZE -> node.freeze(true);
            case CUT -> set(proxy, Proxy.Mode.CUT);
            case SWALLOW -> set(proxy, Proxy.Mode.SWALLOWS);
            case SLOW -> set(proxy, Proxy.Mode.SLOW);
            case KILL_DATABASE -> throw new IllegalArgumentException("It is of no process");
        }
    }

    private static void set(@org.jspecify.annotations.Nullable Proxy proxy, Proxy.Mode mode) {
        if (proxy != null) {
            proxy.set(mode);
        }
    }

    private void end(Kind kind, Node node) {
        try {
            switch (kind) {
                case KILL_SERVER, KILL_WORKER -> {
                    node.start();
                    // Not again before it is there: what never starts proves nothing.
                    site.awaitReady(node, RESTART);
                }
                case FREEZE -> node.freeze(false);
                default -> set(node.proxy(), Proxy.Mode.FINE);
            }
        } catch (IOException e) {
            throw new IllegalStateException("A fault can't be mended", e);
        } finally {
            node.release();
        }
    }

    private void killDatabase() throws IOException {
        var postgres = site.postgres();
        if (postgres != null) {
            postgres.kill();
            Waiting.pause(random.nextLong(2000));
            postgres.restart();
        }
    }

    /** Waits until all faults are over. */
    void awaitMended() {
        for (var thread : mending) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("The trial was interrupted", e);
            }
        }
    }
}
