package io.headrace.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A git repository, made on the spot. */
public final class Repository {

    private final Path path;

    private Repository(Path path) {
        this.path = path;
    }

    /** Makes an empty repository with the branch {@code main}. */
    public static Repository create(Path path) throws IOException {
        Files.createDirectories(path);
        var repository = new Repository(path);
        repository.git("init", "-q", "-b", "main");
        return repository;
    }

    public Path path() {
        return path;
    }

    public Repository write(String file, String text) throws IOException {
        var target = path.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
        return this;
    }

    /** Copies a folder's files into the repository. */
    public Repository copy(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = path.resolve(folder.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return this;
    }

    /** Commits all files and returns the commit's id. */
    public String commit(String message) throws IOException {
        git("add", "-A");
        git(
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@headrace.example",
                "-c",
                "commit.gpgsign=false",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                message);
        return git("rev-parse", "HEAD").strip();
    }

    /** Runs git in the repository and returns what it printed. */
    public String git(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("git", "-C", path.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output;
    }
}
