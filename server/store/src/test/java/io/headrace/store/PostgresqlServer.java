package io.headrace.store;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server of our own, on a free port and in a directory that is removed: started
 * once for a run of tests, stopped when the JVM ends. PostgreSQL refuses to run as root; there, it
 * runs as the user {@code postgres}, whom Debian's package makes.
 */
final class PostgresqlServer implements AutoCloseable {

    private static final String PASSWORD = "not-a-secret";
    private static final String MISSING =
            "PostgreSQL is missing: run ./headrace test, which installs it";

    private final Path programs;
    private final Path directory;
    private final int port;
    private final AtomicInteger names = new AtomicInteger();
    private boolean hasTemplate;

    /** Made by the class loader, once, when it is first needed. */
    private static final class Shared {
        static final PostgresqlServer SERVER = start(false);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    /** Returns the server that all tests of this JVM share. */
    static PostgresqlServer running() {
        return Shared.SERVER;
    }

    /**
     * Starts a server.
     *
     * @param durable whether commits reach the disk, as they must in earnest
     */
    static PostgresqlServer start(boolean durable) {
        try {
            var server = new PostgresqlServer();
            server.begin(durable);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException("Cannot start PostgreSQL", e);
        }
    }

    private PostgresqlServer() throws IOException {
        programs = programs();
        directory = Files.createTempDirectory("headrace-postgresql");
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    private static Path programs() throws IOException {
        var candidates = new ArrayList<Path>();
        for (var path : System.getenv("PATH").split(File.pathSeparator, -1)) {
            candidates.add(Path.of(path));
        }
        var debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.map(version -> version.resolve("bin")).forEach(candidates::add);
            }
        }
        return candidates.stream()
                .filter(path -> Files.isExecutable(path.resolve("initdb")))
                .filter(path -> Files.isExecutable(path.resolve("pg_ctl")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(MISSING));
    }

    private void begin(boolean durable) throws IOException {
        // Readable to the user whom the server runs as.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        var password = Files.writeString(directory.resolve("password"), PASSWORD);
        run(
                "initdb",
                "--pgdata=" + data(),
                "--username=headrace",
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync");
        run(
                "pg_ctl",
                "start",
                "--wait",
                "--pgdata=" + data(),
                "--log=" + directory.resolve("log"),
                "--options=-p "
                        + port
                        + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                        + " -c max_connections=200 -c shared_buffers=128MB -c fsync="
                        + (durable ? "on" : "off"));
    }

    private Path data() {
        return directory.resolve("data");
    }

    private void run(String program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        var output = Files.createTempFile(directory, program, ".txt");
        var process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(program + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(program + " was interrupted", e);
        }
    }

    DatabaseConfig config(String database) {
        return DatabaseConfig.postgresql(url(database), "headrace", PASSWORD);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "headrace", PASSWORD);
    }

    /** Makes a database with the newest schema; returns its name. */
    synchronized String create() {
        var number = names.incrementAndGet();
        if (!hasTemplate) {
            administer("create database template_of_tests");
            DatabaseStores.open(config("template_of_tests"), InstantSource.system()).close();
            hasTemplate = true;
        }
        var name = "test_" + number;
        administer("create database " + name + " template template_of_tests");
        return name;
    }

    /** Makes a database without any table; returns its name. */
    synchronized String createEmpty() {
        var name = "empty_" + names.incrementAndGet();
        administer("create database " + name);
        return name;
    }

    void drop(String name) {
        administer("drop database " + name + " with (force)");
    }

    private void administer(String statement) {
        try (var connection = connect("postgres");
                var sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot " + statement, e);
        }
    }

    /** Stops the server at once, and removes all that it wrote. */
    @Override
    public void close() {
        try {
            run("pg_ctl", "stop", "--wait", "--mode=immediate", "--pgdata=" + data());
        } catch (IOException e) {
            throw new IllegalStateException("Cannot stop PostgreSQL", e);
        }
        TestDatabase.remove(directory);
    }
}
