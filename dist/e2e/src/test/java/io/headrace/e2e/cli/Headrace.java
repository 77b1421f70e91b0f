package io.headrace.e2e.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headrace.e2e.Build;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The program {@code headrace}, each call a process of its own. */
final class Headrace {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory;
    private final Map<String, String> environment;

    /**
     * @param directory where output is kept until it was read
     * @param environment all variables of Headrace's that the program gets
     */
    Headrace(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** Runs a command to its end. */
    Ended run(String... arguments) throws IOException {
        try (var running = start(arguments)) {
            return running.ended();
        }
    }

    /** Runs a command that must succeed, and returns the JSON that it printed. */
    JsonNode json(String... arguments) throws IOException {
        var ended = run(arguments);
        if (ended.code() != 0) {
            throw new AssertionError(ended.toString());
        }
        return JSON.readTree(ended.out());
    }

    /** Starts a command. The caller closes what is returned, which ends it. */
    Running start(String... arguments) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                // What is started in the background ignores Ctrl-C, and so do all
                                // that it starts.
                                "env",
                                "--default-signal=INT",
                                Build.java().toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-jar",
                                Build.cli().toString()));
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(directory, "out", "");
        var err = Files.createTempFile(directory, "err", "");
        var builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("HEADRACE_"));
        builder.environment().putAll(environment);
        return new Running(String.join(" ", arguments), builder.start(), out, err);
    }

    /**
     * What a command left behind.
     *
     * @param out what it printed
     * @param err what it complained about
     */
    record Ended(String command, int code, String out, String err) {}

    /** A command that goes on. */
    record Running(String command, Process process, Path out, Path err) implements AutoCloseable {

        String printed() throws IOException {
            return Files.readString(out, StandardCharsets.UTF_8);
        }

        void awaitPrinted(String text) {
            Awaitility.await(text).atMost(PATIENCE).until(() -> printed().contains(text));
        }

        /** Ends it as Ctrl-C does, and waits. */
        void interrupt() throws IOException {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
            ended();
        }

        Ended ended() throws IOException {
            try {
                if (!process.waitFor(PATIENCE)) {
                    throw new AssertionError(
                            "'headrace %s' is not over after %s: %s"
                                    .formatted(command, PATIENCE, printed()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            return new Ended(
                    command,
                    process.exitValue(),
                    printed(),
                    Files.readString(err, StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly().onExit().join();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }
}
