package io.headrace.e2e.chaos;

import io.headrace.e2e.Build;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A PostgreSQL of the trial's own, which keeps its promises about the disk and can be killed. */
final class Postgres implements AutoCloseable {

    private static final String USER = "headrace";
    private static final String PASSWORD = "not-a-secret";

    private final Path directory;
    private final Path programs;
    private final int port;

    private Postgres(Path directory, Path programs, int port) {
        this.directory = directory;
        this.programs = programs;
        this.port = port;
    }

    /** Makes a database below {@code directory} and starts its server. */
    static Postgres start(Path directory) throws IOException {
        Files.createDirectories(directory);
        // Readable to the user whom the server runs as; it refuses to be root.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(
                directory.toAbsolutePath().getParent(),
                PosixFilePermissions.fromString("rwx--x--x"));
        var postgres = new Postgres(directory, programs(), Build.freePort());
        var password = Files.writeString(directory.resolve("password"), PASSWORD);
        postgres.run(
                "initdb",
                "--pgdata=" + postgres.data(),
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C");
        postgres.begin();
        return postgres;
    }

    private static Path programs() throws IOException {
        try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("PostgreSQL is missing"));
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private void begin() throws IOException {
        run(
                "pg_ctl",
                "start",
                "--wait",
                "--timeout=60",
                "--pgdata=" + data(),
                "--log=" + directory.resolve("log"),
                "--options=-p "
                        + port
                        + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                        + " -c max_connections=300 -c shared_buffers=64MB -c fsync=on");
    }

    /** Kills the server's first process, as {@code kill -9} does; the others find that and end. */
    void kill() throws IOException {
        var pid = Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).getFirst());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Starts the server again, once the processes of the killed one are gone. */
    void restart() {
        if (!Waiting.until(
                Duration.ofMinutes(2),
                () -> {
                    begin();
                    return true;
                })) {
            throw new IllegalStateException("PostgreSQL did not start again; see " + directory);
        }
    }

    int port() {
        return port;
    }

    /** Returns the variables by which a server finds this database, through {@code proxy}. */
    static List<String> variables(int proxy) {
        return List.of(
                "HEADRACE_DATABASE_URL=jdbc:postgresql://127.0.0.1:"
                        + proxy
                        + "/postgres?socketTimeout=5&connectTimeout=5",
                "HEADRACE_DATABASE_USER=" + USER,
                "HEADRACE_DATABASE_PASSWORD=" + PASSWORD);
    }

    /** Asks the database itself; returns the rows, columns divided by {@code |}. */
    List<String> ask(String sql) throws IOException {
        var process =
                new ProcessBuilder(
                        programs.resolve("psql").toString(),
                        "-At",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-U",
                        USER,
                        "-d",
                        "postgres",
                        "-c",
                        sql);
        process.environment().put("PGPASSWORD", PASSWORD);
        var started = process.redirectErrorStream(true).start();
        var text = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (started.onExit().join().exitValue() != 0) {
            throw new IOException(sql + ": " + text);
        }
        return text.lines().toList();
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
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(program + " failed: " + Files.readString(output));
        }
    }

    @Override
    public void close() throws IOException {
        run("pg_ctl", "stop", "--wait", "--mode=immediate", "--pgdata=" + data());
    }
}
