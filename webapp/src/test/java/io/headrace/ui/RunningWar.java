package io.headrace.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The WAR that was just built, started as users start it. */
final class RunningWar implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;
    private final String address;

    private RunningWar(Process process, Path log, String address) {
        this.process = process;
        this.log = log;
        this.address = address;
    }

    static RunningWar in(Path home) throws IOException {
        var port = freePort();
        Files.createDirectories(home);
        var log = home.resolve("test.log");
        var process = start(home, port, log);
        var war = new RunningWar(process, log, "http://localhost:" + port);
        await().atMost(START)
                .until(() -> war.output().contains("Headrace is ready at") || !process.isAlive());
        assertThat(process.isAlive()).as(war.output()).isTrue();
        return war;
    }

    /** Starts a server and doesn't wait for it. */
    static Process start(Path home, int port, Path log) throws IOException {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx400m",
                                "-XX:+UseSerialGC",
                                "-Dheadrace.fast-start=off",
                                "-jar",
                                System.getProperty("headrace.war"),
                                "--port",
                                Integer.toString(port),
                                "--home",
                                home.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String address() {
        return address;
    }

    int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    /** Returns the link that lets the first administrator in. */
    String setupLink() throws IOException {
        var link = Pattern.compile("http://\\S+/setup\\?key=\\S+").matcher(output());
        assertThat(link.find()).as(output()).isTrue();
        return link.group();
    }

    /** Asks the server to end, as an operator does, and waits for it. */
    int stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
