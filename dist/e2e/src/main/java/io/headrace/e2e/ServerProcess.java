package io.headrace.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A server in a process of its own. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);

    private static final Duration PREPARE = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofSeconds(60);

    /** Those that the launcher chooses, and a limit of the heap. */
    private static final List<String> OPTIONS =
            List.of(
                    "-Xms32m",
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:TieredStopAtLevel=1");

    private static final Pattern SETUP = Pattern.compile("/setup\\?key=\\S+");

    private final Process process;
    private final Path home;
    private final Path log;
    private final String url;

    private ServerProcess(Process process, Path home, Path log, String url) {
        this.process = process;
        this.home = home;
        this.log = log;
        this.url = url;
    }

    /** Starts {@code java -jar headrace.war} on a free port, and waits until it is ready. */
    public static ServerProcess selfStarted(Path home, String... options) throws IOException {
        return selfStarted(home, Map.of(), options);
    }

    /** Like {@link #selfStarted(Path, String...)}, with more environment variables. */
    public static ServerProcess selfStarted(
            Path home, Map<String, String> environment, String... options) throws IOException {
        var port = Build.freePort();
        var command = new ArrayList<String>();
        command.add(Build.java().toString());
        command.addAll(OPTIONS);
        // No recording beside a test or a measurement; one that is about it says so in its options.
        command.add("-Dheadrace.fast-start=off");
        Arrays.stream(options)
                .filter(option -> option.startsWith("-X") || option.startsWith("-D"))
                .forEach(command::add);
        command.addAll(
                List.of(
                        "-jar",
                        Build.war().toString(),
                        "--port",
                        Integer.toString(port),
                        "--home",
                        home.toString()));
        Arrays.stream(options).filter(option -> option.startsWith("--")).forEach(command::add);
        return start(command, environment, home, "http://127.0.0.1:" + port);
    }

    /**
     * Runs {@code java -jar headrace.war --prepare}: later starts with {@code
     * -Dheadrace.fast-start=on} are fast.
     *
     * @throws IllegalStateException with what it said, if it failed
     */
    public static void prepare(Path home) throws IOException, InterruptedException {
        Files.createDirectories(home);
        var log = home.resolve("prepare.log");
        var command = new ArrayList<String>();
        command.add(Build.java().toString());
        command.addAll(OPTIONS);
        command.addAll(
                List.of("-jar", Build.war().toString(), "--prepare", "--home", home.toString()));
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (!process.waitFor(PREPARE) || process.exitValue() != 0) {
                throw new IllegalStateException("--prepare failed:\n" + Files.readString(log));
            }
        } finally {
            process.destroy();
        }
    }

    /**
     * Starts any command that serves Headrace, and waits until it is ready.
     *
     * @param url where it will listen
     */
    public static ServerProcess start(
            List<String> command, Map<String, String> environment, Path home, String url)
            throws IOException {
        Files.createDirectories(home);
        var log = home.resolve("server.log");
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        var server = new ServerProcess(builder.start(), home, log, url);
        server.awaitReady();
        return server;
    }

    private void awaitReady() throws IOException {
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var request =
                HttpRequest.newBuilder(URI.create(url + "/health/ready"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        var deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                var response = http.send(request, HttpResponse.BodyHandlers.discarding());
                if (response.statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException(
                        "The server did not start:\n" + Files.readString(log));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    public String url() {
        return url;
    }

    public Path home() {
        return home;
    }

    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    public Process process() {
        return process;
    }

    /** Returns a client with the token that the first start wrote. */
    public Api api() throws IOException {
        return new Api(url, Files.readString(home.resolve("secrets/initial-admin.token")).strip());
    }

    /**
     * Returns the link that makes the first administrator, as the server printed it, but always at
     * {@link #url}, as a WAR in a container can't know where that listens.
     */
    public String setupLink() throws IOException {
        var link = SETUP.matcher(Files.readString(log));
        if (!link.find()) {
            throw new IllegalStateException(
                    "The server printed no setup link:\n" + Files.readString(log));
        }
        return url + link.group();
    }

    /** Ends the process as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        await(STOP);
    }

    /** Ends the process as an operator does, and returns whether it was gone in time. */
    public boolean stop(Duration patience) {
        process.destroy();
        return await(patience);
    }

    private boolean await(Duration patience) {
        try {
            return process.waitFor(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the process as an operator does, and by force if that does not help. */
    @Override
    public void close() {
        if (!stop(STOP)) {
            kill();
        }
    }
}
