package io.headrace.e2e.cli;

import io.headrace.e2e.Api;
import io.headrace.e2e.Repository;
import io.headrace.e2e.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A server that is started once for all tests of the command line, and a command line that is
 * logged in to it. Tests share it, so each takes a project of its own.
 */
final class Site implements AutoCloseable {

    private final Path directory;
    private final ServerProcess server;

    private Site(Path directory, ServerProcess server) {
        this.directory = directory;
        this.server = server;
    }

    private static Site open() {
        try {
            var directory = Files.createTempDirectory("headrace-cli");
            return new Site(
                    directory,
                    ServerProcess.selfStarted(
                            directory.resolve("home"),
                            Map.of(
                                    "HEADRACE_WORKER_SLOTS",
                                    "4",
                                    "HEADRACE_WORKER_KILL_GRACE",
                                    "1")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    String url() {
        return server.url();
    }

    String token() throws IOException {
        return Files.readString(server.home().resolve("secrets/initial-admin.token")).strip();
    }

    Api api() throws IOException {
        return server.api();
    }

    /** Returns a command line that finds server and token in its environment. */
    Headrace headrace() throws IOException {
        return new Headrace(
                directory,
                Map.of(
                        "HEADRACE_URL",
                        url(),
                        "HEADRACE_TOKEN",
                        token(),
                        "XDG_CONFIG_HOME",
                        directory.resolve("nobody").toString()));
    }

    /** Returns a command line that knows neither server nor token. */
    Headrace stranger(Path config) {
        return new Headrace(
                directory,
                Map.of(
                        "XDG_CONFIG_HOME",
                        config.toString(),
                        "HEADRACE_HOME",
                        config.resolve("no-home").toString()));
    }

    /** Makes a repository with one pipeline, and adds it as a project. */
    Repository project(String name, String pipeline) throws IOException {
        var repository = Repository.create(directory.resolve(name));
        repository.write(".headrace.yml", pipeline).commit("Add a pipeline");
        api().addProject(name, repository.path());
        return repository;
    }

    /** A file by which a test holds a job's step, and lets it go. */
    Path gate(String name) {
        return directory.resolve(name + ".gate");
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Gives the site to tests that ask for it. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Site.class;
        }

        @Override
        public Site resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Site.class))
                    .getOrComputeIfAbsent(Site.class, _ -> open(), Site.class);
        }
    }
}
