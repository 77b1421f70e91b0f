package io.headrace.scm.git;

import io.headrace.api.ScmException;
import io.headrace.api.ScmException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Runs the {@code git} program, cut off from the configuration of the machine and of the server's
 * user, without prompts and hooks, and with four transports only.
 */
final class Git {

    /** What git may see of the server's environment: how to get out, and whom to trust. */
    private static final List<String> PASSED =
            List.of(
                    "PATH",
                    "TMPDIR",
                    "TZ",
                    "USER",
                    "LOGNAME",
                    "SSH_AUTH_SOCK",
                    "SSL_CERT_FILE",
                    "SSL_CERT_DIR",
                    "http_proxy",
                    "https_proxy",
                    "HTTPS_PROXY",
                    "all_proxy",
                    "ALL_PROXY",
                    "no_proxy",
                    "NO_PROXY");

    /**
     * {@code safe.directory}: a local repository of another owner is read only by programs that run
     * nothing from it. Commits that no branch has any more are kept, as runs refer to them.
     */
    private static final String CONFIGURATION =
            """
            [safe]
            	directory = *
            [core]
            	hooksPath = /dev/null
            	fsmonitor = false
            	longpaths = true
            [protocol "ext"]
            	allow = never
            [http]
            	lowSpeedLimit = 1000
            	lowSpeedTime = 60
            [gc]
            	autoDetach = false
            	pruneExpire = never
            [maintenance]
            	autoDetach = false
            [advice]
            	detachedHead = false
            [init]
            	defaultBranch = main
            [submodule]
            	recurse = false
            """;

    private static final int MAX_OUTPUT = 256 << 20;
    private static final int MAX_MESSAGE = 64 << 10;

    private static final Pattern VERSION = Pattern.compile("git version (\\d+)\\.(\\d+)");

    /** 2.32 came with GIT_CONFIG_GLOBAL. */
    private static final int OLDEST = 2032;

    private final String program;
    private final Duration timeLimit;
    private final Path home;
    private volatile boolean checked;

    /** What a command gave. */
    static final class Output {

        private final int exitCode;
        private final byte[] stdout;
        private final String stderr;

        Output(int exitCode, byte[] stdout, String stderr) {
            this.exitCode = exitCode;
            this.stdout = stdout;
            this.stderr = stderr;
        }

        boolean succeeded() {
            return exitCode == 0;
        }

        /** Not a copy. */
        byte[] stdout() {
            return stdout;
        }

        String text() {
            return new String(stdout, StandardCharsets.UTF_8);
        }

        String stderr() {
            return stderr;
        }
    }

    /**
     * @param home a directory for git's own configuration; made if missing
     */
    Git(String program, Duration timeLimit, Path home) {
        this.program = program;
        this.timeLimit = timeLimit;
        this.home = home;
        try {
            Files.createDirectories(home);
            Files.writeString(home.resolve("gitconfig"), CONFIGURATION);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't write git's configuration to " + home, e);
        }
    }

    /** Runs a command that needs no login and reads nothing. */
    Output run(Path directory, String... arguments) throws ScmException, InterruptedException {
        return run(directory, Map.of(), "", MAX_OUTPUT, arguments);
    }

    /** Runs a command that reads nothing. */
    Output run(Path directory, GitAccess access, String... arguments)
            throws ScmException, InterruptedException {
        return run(directory, access.environment(), "", MAX_OUTPUT, arguments);
    }

    /**
     * @param directory to run in
     * @param environment to add; may hold secrets
     * @param input what the command reads
     * @param maxOutput after so many bytes the command is cut off
     */
    Output run(
            Path directory,
            Map<String, String> environment,
            String input,
            int maxOutput,
            String... arguments)
            throws ScmException, InterruptedException {
        var process = start(directory, environment, arguments);
        var stdout = reader(process.getInputStream(), maxOutput);
        var stderr = reader(process.getErrorStream(), MAX_MESSAGE);
        try {
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended without reading; its exit code and message say why.
            }
            if (!process.waitFor(timeLimit)) {
                throw new ScmException(
                        Kind.UNREACHABLE,
                        "'git %s' took longer than %s and was ended; see whether the repository"
                                        .formatted(arguments[0], timeLimit)
                                + " answers, or raise the setting 'time-limit'");
            }
            return new Output(
                    process.exitValue(),
                    get(stdout),
                    new String(get(stderr), StandardCharsets.UTF_8));
        } finally {
            end(process);
        }
    }

    /**
     * @throws ScmException if there is no git, or one that is too old to be cut off
     */
    void check(Path directory) throws ScmException, InterruptedException {
        if (checked) {
            return;
        }
        var text = run(directory, "--version").text().strip();
        var version = VERSION.matcher(text);
        if (!version.find()
                || Integer.parseInt(version.group(1)) * 1000 + Integer.parseInt(version.group(2))
                        < OLDEST) {
            throw new ScmException(
                    Kind.NO_TOOL,
                    "Git 2.32 or newer is needed on the server's machine, and '%s' is '%s'; install a"
                                    .formatted(program, text)
                            + " newer one");
        }
        checked = true;
    }

    private Process start(Path directory, Map<String, String> environment, String... arguments)
            throws ScmException {
        var command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        var variables = builder.environment();
        variables.clear();
        var own = System.getenv();
        for (var name : PASSED) {
            if (own.containsKey(name)) {
                variables.put(name, own.get(name));
            }
        }
        variables.put("LC_ALL", "C.UTF-8");
        variables.put("LANGUAGE", "C");
        variables.put("HOME", home.toString());
        variables.put("XDG_CONFIG_HOME", home.toString());
        variables.put("GIT_CONFIG_NOSYSTEM", "1");
        variables.put("GIT_CONFIG_GLOBAL", home.resolve("gitconfig").toString());
        variables.put("GIT_ATTR_NOSYSTEM", "1");
        variables.put("GIT_TERMINAL_PROMPT", "0");
        variables.put("GIT_ASKPASS", "/bin/false");
        variables.put("SSH_ASKPASS", "/bin/false");
        variables.put("GIT_ALLOW_PROTOCOL", "file:http:https:ssh");
        variables.put("GIT_PROTOCOL_FROM_USER", "0");
        variables.put("GIT_NO_REPLACE_OBJECTS", "1");
        variables.putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            if (!Files.isDirectory(directory)) {
                throw new ScmException(
                        Kind.UNREACHABLE, "The directory %s is gone".formatted(directory), e);
            }
            throw new ScmException(
                    Kind.NO_TOOL,
                    "The program '%s' could not be run on the server's machine; install Git (such"
                                    .formatted(program)
                            + " as apt-get install git), or give its path in the setting 'git'",
                    e);
        }
    }

    /** Closes the stream at the limit, on which git ends. */
    private static FutureTask<byte[]> reader(InputStream stream, int limit) {
        var task =
                new FutureTask<>(() -> {
                    try (var from = stream) {
                        return from.readNBytes(limit);
                    }
                });
        Thread.ofVirtual().name("git-output").start(task);
        return task;
    }

    private static byte[] get(FutureTask<byte[]> output) throws ScmException, InterruptedException {
        try {
            return output.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new ScmException(
                    Kind.UNREACHABLE, "The output of git could not be read: " + e.getMessage(), e);
        }
    }

    /** Ends it with its helpers, such as ssh; first so that it can remove its lock files. */
    private static void end(Process process) {
        if (!process.isAlive()) {
            return;
        }
        var all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        var interrupted = false;
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (all.stream().anyMatch(ProcessHandle::isAlive)) {
            if (System.nanoTime() > deadline) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
