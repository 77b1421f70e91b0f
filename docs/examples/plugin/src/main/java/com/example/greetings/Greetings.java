package com.example.greetings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The greetings that were said, one line each, in a file of this plugin's own. The file outlives
 * upgrades, and restarts of the server.
 */
final class Greetings {

    private final Path file;

    Greetings(Path dataDirectory) {
        this.file = dataDirectory.resolve("greetings.txt");
    }

    void add(String greeting) throws IOException {
        Files.writeString(
                file,
                greeting.replaceAll("\\R", " ") + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Returns all, the latest first. */
    List<String> all() throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).reversed() : List.of();
    }
}
