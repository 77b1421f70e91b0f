package io.headrace.e2e.chaos;

import io.headrace.e2e.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server or a worker in a process of its own, and whoever would start it again in earnest: it is
 * started again when it ends by itself.
 */
final class Node implements AutoCloseable {

    private static final List<String> OPTIONS =
            List.of(
                    "-Xms32m",
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:TieredStopAtLevel=1",
                    "-Dheadrace.fast-start=off");

    private final String name;
    private final boolean worker;
    private final Path home;
    private final int port;
    private final Map<String, String> environment;
    private final @Nullable Proxy proxy;
    private @Nullable Process process;
    private boolean wanted;
    private boolean busy;
    private int starts;

    /**
     * Prepares a process.
     *
     * @param worker whether it only works
     * @param proxy between it and its database; null if that is inside
     */
    Node(
            String name,
            boolean worker,
            Path home,
            Map<String, String> environment,
            @Nullable Proxy proxy)
            throws IOException {
        this.name = name;
        this.worker = worker;
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.proxy = proxy;
        this.port = Build.freePort();
    }

    String name() {
        return name;
    }

    boolean isWorker() {
        return worker;
    }

    @Nullable Proxy proxy() {
        return proxy;
    }

    Path home() {
        return home;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    synchronized int starts() {
        return starts;
    }

    /** Takes it for a fault; false if it has one already. */
    synchronized boolean take() {
        if (busy) {
            return false;
        }
        busy = true;
        return true;
    }

    synchronized void release() {
        busy = false;
    }

    /** Starts it, and keeps it started. */
    synchronized void start() throws IOException {
        wanted = true;
        revive();
    }

    /** Starts it again if it has ended although it should not. */
    synchronized void revive() throws IOException {
        if (!wanted || (process != null && process.isAlive())) {
            return;
        }
        Files.createDirectories(home);
        var command = new ArrayList<String>();
        command.add(Build.java().toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-jar", Build.war().toString()));
        command.addAll(List.of("--port", Integer.toString(port), "--home", home.toString()));
        if (worker) {
            command.addAll(List.of("--role", "worker"));
        }
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        home.resolve("server.log").toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        starts++;
    }

    /** Ends it as {@code kill -9} does; it stays so until {@link #start}. */
    synchronized void kill() {
        wanted = false;
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Stops it from running, or lets it go on. */
    synchronized void freeze(boolean frozen) throws IOException {
        if (process != null && process.isAlive()) {
            new ProcessBuilder("kill", frozen ? "-STOP" : "-CONT", Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        }
    }

    /** Ends it as an operator does. */
    @Override
    public synchronized void close() {
        wanted = false;
        var ending = process;
        if (ending != null) {
            ending.destroy();
            if (!Waiting.until(Duration.ofSeconds(30), () -> !ending.isAlive())) {
                ending.destroyForcibly().onExit().join();
            }
        }
    }
}
