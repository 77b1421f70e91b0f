package io.headrace.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which server is meant, and as whom. Taken from the first of: options, {@code HEADRACE_URL} and
 * {@code HEADRACE_TOKEN}, what {@code headrace login} wrote, a server on this machine whose first
 * token can be read.
 *
 * @param url without a slash at its end
 */
record Login(String url, String token) {

    /** Where a server on this machine listens unless told otherwise. */
    static final String LOCAL = "http://127.0.0.1:8080";

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String toString() {
        return "Login[" + url + "]";
    }

    static Login find(
            @Nullable String url, @Nullable String token, Map<String, String> environment) {
        var saved = saved(environment);
        var server = first(url, environment.get("HEADRACE_URL"));
        var secret = first(token, environment.get("HEADRACE_TOKEN"));
        if (server == null) {
            server = saved.map(Login::url).orElse(LOCAL);
        }
        server = trimmed(server);
        if (secret == null && saved.isPresent() && saved.get().url().equals(server)) {
            secret = saved.get().token();
        }
        if (secret == null && server.equals(LOCAL)) {
            secret = firstToken(environment);
        }
        if (secret == null) {
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    "Not logged in to %s. Make a token there under Profile, then run: headrace login %s --token TOKEN"
                            .formatted(server, server));
        }
        return new Login(server, secret);
    }

    void save(Map<String, String> environment) throws IOException {
        var file = file(environment);
        Files.createDirectories(file.getParent());
        var directory = file.toAbsolutePath().getParent();
        var temporary =
                Files.createTempFile(
                        directory,
                        "login",
                        ".json",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        JSON.writeValue(temporary.toFile(), Map.of("url", url, "token", token));
        Files.move(
                temporary,
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    static String trimmed(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    static Path file(Map<String, String> environment) {
        var configured = environment.get("XDG_CONFIG_HOME");
        var base =
                configured == null || configured.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".config")
                        : Path.of(configured);
        return base.resolve("headrace").resolve("login.json");
    }

    private static Optional<Login> saved(Map<String, String> environment) {
        var file = file(environment);
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            var tree = JSON.readTree(file.toFile());
            return Optional.of(new Login(tree.path("url").asText(), tree.path("token").asText()));
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    file + " can't be read (" + e.getMessage() + "); delete it and log in again");
        }
    }

    private static @Nullable String firstToken(Map<String, String> environment) {
        var home = environment.get("HEADRACE_HOME");
        var file =
                (home == null || home.isBlank()
                                ? Path.of(System.getProperty("user.home"), ".headrace")
                                : Path.of(home))
                        .resolve("secrets")
                        .resolve("initial-admin.token");
        try {
            return Files.isReadable(file) ? Files.readString(file).strip() : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        if (one != null && !one.isBlank()) {
            return one;
        }
        return other == null || other.isBlank() ? null : other;
    }
}
