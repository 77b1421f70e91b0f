package io.headrace.executor.docker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** A Docker registry on this machine that asks for a user and a password. */
final class Registry implements AutoCloseable {

    static final String USER = "builder";
    static final String PASSWORD = "right password";

    private static final Path BINARY = Path.of("/usr/bin/docker-registry");

    /** The password, as the registry keeps it. */
    private static final String LINE =
            "builder:$2y$05$WXavqX6qli8yUVvlxFEL8u7Kt1wrynJc62HvveBc7sdimT52JNQA2\n";

    private final Process process;
    private final int port;

    private Registry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param directory where it keeps everything
     */
    static Registry start(Path directory) throws IOException {
        if (!Files.isExecutable(BINARY)) {
            throw new IllegalStateException(
                    "The tests need %s; run ./headrace test, which installs it".formatted(BINARY));
        }
        var port = freePort();
        var users = Files.writeString(directory.resolve("users"), LINE);
        var configuration =
                """
                version: 0.1
                storage:
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: 127.0.0.1:%d
                auth:
                  htpasswd:
                    realm: test
                    path: %s
                """
                        .formatted(directory.resolve("data"), port, users);
        var file = Files.writeString(directory.resolve("registry.yml"), configuration);
        var process =
                new ProcessBuilder(BINARY.toString(), "serve", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> {
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
        return new Registry(process, port);
    }

    /** Returns the registry's name in that of an image. */
    String host() {
        return "127.0.0.1:" + port;
    }

    /** Puts the engine's image {@code image} here as {@code name} and forgets that name again. */
    void publish(Engine engine, String image, String name) throws IOException {
        var repository = host() + "/" + name.substring(0, name.indexOf(':'));
        var tag = name.substring(name.indexOf(':') + 1);
        engine.post(
                "/images/%s/tag?repo=%s&tag=%s"
                        .formatted(Engine.quoted(image), Engine.quoted(repository), tag));
        var login =
                "{\"username\":\"%s\",\"password\":\"%s\"}"
                        .formatted(USER, PASSWORD)
                        .getBytes(StandardCharsets.UTF_8);
        try (var answer =
                engine.open(
                        "POST",
                        "/images/" + repository + "/push?tag=" + tag,
                        Map.of("X-Registry-Auth", Base64.getUrlEncoder().encodeToString(login)),
                        Engine.NO_BODY)) {
            var progress = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
            if (progress.contains("\"error\"")) {
                throw new IOException(progress);
            }
        }
        engine.delete("/images/" + host() + "/" + name);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
