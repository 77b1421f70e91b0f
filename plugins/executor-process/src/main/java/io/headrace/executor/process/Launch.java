package io.headrace.executor.process;

import io.headrace.api.Command;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Starts commands: in a session of their own, so that neither the server's terminal nor its process
 * group is theirs, and with none of the server's environment but what is passed on purpose.
 */
final class Launch {

    /** Joins the control group, then becomes the command; no process more. */
    private static final String JOIN = "echo 0 >\"$0\" && exec \"$@\"";

    /** How the JVM tells what the system said; the form differs between its versions. */
    private static final Pattern ERROR = Pattern.compile("error[:=] ?(\\d+)");

    private static final int TOO_LONG = 7;

    /** ENOMEM, EAGAIN on Linux, EAGAIN on macOS. */
    private static final Set<Integer> EXHAUSTED = Set.of(12, 11, 35);

    private final Host host;
    private final Set<String> passed;
    private final Marker marker;
    private final Path workspace;

    Launch(Host host, Set<String> passed, Marker marker, Path workspace) {
        this.host = host;
        this.passed = passed;
        this.marker = marker;
        this.workspace = workspace;
    }

    /**
     * @param group to join before the command begins, or null
     */
    Process start(Command command, @Nullable ControlGroup group) throws ExecutionException {
        var directory = directory(command);
        var environment = environment(command);
        checkProgram(command.arguments().getFirst(), directory, environment.get("PATH"));
        checkEncoding(command.arguments());
        checkEncoding(environment.keySet());
        checkEncoding(environment.values());
        try {
            var builder =
                    new ProcessBuilder(arguments(command, group))
                            .directory(directory.toFile())
                            .redirectInput(new File("/dev/null"));
            builder.environment().clear();
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IllegalArgumentException e) {
            throw new ExecutionException(
                    Kind.INVALID,
                    "A variable's name is empty or has '=' in it, or a text has a NUL character;"
                            + " remove it",
                    e);
        } catch (IOException e) {
            throw explain(e, directory);
        }
    }

    private List<String> arguments(Command command, @Nullable ControlGroup group) {
        var arguments = new ArrayList<String>();
        if (group != null) {
            arguments.addAll(List.of("/bin/sh", "-c", JOIN, group.door().toString()));
        }
        if (host.setsid() != null) {
            arguments.addAll(List.of(host.setsid().toString(), "--"));
        }
        arguments.addAll(command.arguments());
        return arguments;
    }

    private Map<String, String> environment(Command command) {
        var environment = new HashMap<String, String>();
        for (var name : passed) {
            var value = host.environment().get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.putAll(command.environment());
        marker.putInto(environment, host.environment());
        return environment;
    }

    private Path directory(Command command) throws ExecutionException {
        try {
            var directory = workspace.resolve(command.workingDirectory());
            if (Files.isDirectory(directory)) {
                return directory;
            }
        } catch (InvalidPathException e) {
            throw new ExecutionException(
                    Kind.INVALID,
                    "The working directory '%s' is not a path"
                            .formatted(command.workingDirectory()),
                    e);
        }
        throw Files.isDirectory(workspace)
                ? new ExecutionException(
                        Kind.INVALID,
                        "There is no working directory '%s' in the workspace; make it in an earlier"
                                        .formatted(command.workingDirectory())
                                + " step, or correct its name")
                : new ExecutionException(
                        Kind.LOST, "The workspace %s is gone".formatted(workspace));
    }

    private static void checkProgram(String program, Path directory, @Nullable String path)
            throws ExecutionException {
        try {
            if (program.contains("/")) {
                if (!isProgram(directory.resolve(program))) {
                    throw new ExecutionException(
                            Kind.INVALID,
                            "'%s' is not an executable file on the server's machine"
                                    .formatted(program));
                }
                return;
            }
            for (var place : (path == null ? "" : path).split(":", -1)) {
                if (isProgram(directory.resolve(place).resolve(program))) {
                    return;
                }
            }
        } catch (InvalidPathException e) {
            throw new ExecutionException(
                    Kind.INVALID, "'%s' is not the name of a program".formatted(program), e);
        }
        throw new ExecutionException(
                Kind.INVALID,
                "There is no program '%s' on the server's machine (PATH is %s); install it, or give"
                                .formatted(program, path)
                        + " its full path");
    }

    private static boolean isProgram(Path file) {
        return Files.isExecutable(file) && Files.isRegularFile(file);
    }

    /** The JVM would put question marks silently for what its encoding lacks. */
    private void checkEncoding(Iterable<String> texts) throws ExecutionException {
        var encoder = host.encoding().newEncoder();
        for (var text : texts) {
            if (!encoder.canEncode(text)) {
                throw new ExecutionException(
                        Kind.INVALID,
                        "The command has characters that the server can't pass on, as it runs with"
                                + " the encoding %s; start the server with LC_ALL=C.UTF-8"
                                        .formatted(host.encoding()));
            }
        }
    }

    private static ExecutionException explain(IOException e, Path directory) {
        var message = String.valueOf(e.getMessage());
        var number = ERROR.matcher(message);
        var error = number.find() ? Integer.parseInt(number.group(1)) : 0;
        if (error == TOO_LONG) {
            return new ExecutionException(
                    Kind.INVALID,
                    "The command is too long for this system (Linux: 128 KiB for one argument or"
                            + " variable, about 2 MiB for all); move its text to a file",
                    e);
        }
        if (EXHAUSTED.contains(error)) {
            return new ExecutionException(
                    Kind.EXHAUSTED,
                    "The server's machine has no process or memory left for the command: "
                            + message,
                    e);
        }
        return new ExecutionException(
                Kind.UNAVAILABLE,
                "The command could not be started in %s: %s".formatted(directory, message),
                e);
    }
}
