package io.headrace.executor.docker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@code dockerd} with a directory of its own, so that it shares nothing with another one. */
final class Daemon implements AutoCloseable {

    private static final Path BINARY = Path.of("/usr/sbin/dockerd");
    private static final Path BRIDGE = Path.of("/sys/class/net/docker0");

    private final Path directory;
    private final Process process;
    private final boolean ownBridge;
    private final Thread hook = Thread.ofPlatform().unstarted(this::end);

    private Daemon(Path directory, Process process, boolean ownBridge) {
        this.directory = directory;
        this.process = process;
        this.ownBridge = ownBridge;
    }

    /** Starts one, which needs root, and waits until it answers. */
    static Daemon start() {
        if (!Files.isExecutable(BINARY)) {
            throw new IllegalStateException(
                    "The tests need a Docker engine: there is none at DOCKER_HOST or /var/run/docker.sock, and no %s to start one. Run ./headrace test, which installs it"
                            .formatted(BINARY));
        }
        try {
            // Not below target/: the path of a Unix socket is limited to some 100 characters.
            var directory = Files.createTempDirectory("headrace-dockerd");
            var ownBridge = !Files.exists(BRIDGE);
            var daemon = new Daemon(directory, launch(directory), ownBridge);
            Runtime.getRuntime().addShutdownHook(daemon.hook);
            daemon.awaitAnswer();
            return daemon;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(Path directory) throws IOException {
        return new ProcessBuilder(
                        BINARY.toString(),
                        "--data-root=" + directory.resolve("data"),
                        "--exec-root=" + directory.resolve("exec"),
                        "--pidfile=" + directory.resolve("pid"),
                        "--host=unix://" + directory.resolve("docker.sock"),
                        "--exec-opt=native.cgroupdriver=cgroupfs",
                        // Leave the machine's firewall and routing alone.
                        "--iptables=false",
                        "--ip6tables=false",
                        "--ip-forward=false",
                        "--ip-masq=false")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    Engine engine() {
        return new Engine(EngineAddress.of("unix://" + directory.resolve("docker.sock"), Map.of()));
    }

    private void awaitAnswer() throws IOException {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> !process.isAlive() || engine().get("/version").isObject());
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "dockerd did not start (it needs root): "
                            + Files.readString(directory.resolve("log")));
        }
    }

    /** Can be called twice. */
    @Override
    public void close() {
        if (process.isAlive()) {
            Runtime.getRuntime().removeShutdownHook(hook);
            end();
        }
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            // The network namespace stays mounted, and docker0 is the machine's.
            for (var mount : mounts()) {
                run("umount", mount);
            }
            if (ownBridge) {
                run("ip", "link", "delete", "docker0");
            }
            try (Stream<Path> all = Files.walk(directory)) {
                for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns what is mounted below the directory, the innermost first. */
    private List<String> mounts() throws IOException {
        try (var mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            return mounts.map(line -> line.split(" ", 3)[1])
                    .filter(mount -> mount.startsWith(directory + "/"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /** Fails silently: there may be nothing to do. */
    private static void run(String... words) throws IOException, InterruptedException {
        new ProcessBuilder(List.of(words))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
