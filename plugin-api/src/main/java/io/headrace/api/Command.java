package io.headrace.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A command to run in an {@link Execution}.
 *
 * @param arguments program and arguments, at least one; never passed through a shell
 * @param environment variables to add to those of the place; may hold secrets, so it must not
 *     appear in arguments, logs or file names
 * @param workingDirectory relative to the workspace, or absolute as commands see it; empty means
 *     the workspace
 * @param timeLimit after which the command's whole process tree is ended; above zero
 * @param grace time between TERM and KILL; zero or more
 */
public record Command(
        List<String> arguments,
        Map<String, String> environment,
        String workingDirectory,
        Duration timeLimit,
        Duration grace) {

    /** Thirty seconds between TERM and KILL (requirements EXEC-031). */
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("A command needs at least its program");
        }
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("A time limit is above zero, not " + timeLimit);
        }
    }

    /** A shell script, run by {@code /bin/sh -e -c}, so that the first failing command ends it. */
    public static Command shell(String script, Map<String, String> environment, Duration limit) {
        return new Command(
                List.of("/bin/sh", "-e", "-c", script), environment, "", limit, DEFAULT_GRACE);
    }

    @Override
    public String toString() {
        return "Command" + arguments;
    }
}
