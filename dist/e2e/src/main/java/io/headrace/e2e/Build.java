package io.headrace.e2e;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build left what is to be started. */
public final class Build {

    private Build() {}

    /** Returns the root of the sources. */
    public static Path root() {
        return Path.of(System.getProperty("headrace.root", "../..")).toAbsolutePath().normalize();
    }

    public static Path war() {
        return existing(root().resolve("webapp/target/headrace.war"));
    }

    public static Path cli() {
        return existing(root().resolve("dist/cli/target/headrace-cli.jar"));
    }

    /** Returns the zip of a servlet container, such as {@code tomcat.zip}. */
    public static Path container(String name) {
        return existing(root().resolve("dist/e2e/target/containers").resolve(name));
    }

    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Returns a port that was free a moment ago. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Path existing(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " is missing; build it: ./headrace build");
        }
        return file;
    }
}
