package io.headrace.executor.docker;

import java.util.ArrayList;
import java.util.List;

/**
 * The shell scripts around a command, for any POSIX shell (dash, busybox and bash were tried).
 *
 * <p>A container holds Docker's init, one idle process of another user (the keeper) and the
 * processes of the one command that runs. So {@code kill -1}, sent by the commands' user, reaches
 * exactly the processes of that command, however they forked, changed their group or session, or
 * are just forking: the kernel signals them all at once. It spares the sender, init, and the keeper
 * because that belongs to somebody else. A file with the command's process id, or a search for
 * marked processes, would each miss some.
 */
final class StepShell {

    /**
     * Signals everything, until nothing but init, keeper and this shell is left. Signals are
     * delivered at once but take effect a moment later, and a zombie stays until init has collected
     * it. The bound is for processes that can't die because a disk doesn't answer.
     */
    private static final String SWEEP =
            """
            kill -s KILL -- -1
            n=0
            while set -- /proc/[0-9]*; [ $# -gt 3 ] && [ $n -lt 5000 ]; do
              kill -s KILL -- -1
              n=$((n+1))
            done
            """;

    /**
     * Runs the command in a subshell that becomes it ({@code exec}, so that a name never means a
     * builtin), then ends what it left behind. The shell itself survives TERM, which reaches it
     * together with the command. Its own standard error is closed for messages such as "Killed",
     * which are not the command's.
     */
    private static final String RUN =
            """
            trap : HUP INT TERM
            exec 3>&2 2>/dev/null
            cd "$1" || exit 126
            shift
            (exec "$@" 2>&3 3>&-)
            code=$?
            """
                    + SWEEP
                    + "exit $code\n";

    /** Control groups of version 2 and 1. What the engine itself tells depends on the kernel. */
    private static final String COUNT_KILLED =
            """
            for file in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
              [ -r $file ] && while read key value; do
                [ "$key" = oom_kill ] && echo "$value"
              done < $file
            done
            exit 0
            """;

    /** Also what a shell returns for a file that is not a program. */
    static final int NOT_STARTED = 126;

    private StepShell() {}

    /**
     * Idles until the container is stopped. An image that has nothing but a shell gets one that
     * stops itself, and that takes the engine ten seconds to end.
     */
    static List<String> keeper() {
        return List.of(
                "/bin/sh",
                "-c",
                "command -v sleep >/dev/null && exec sleep 2147483647; while :; do kill -s STOP $$; done");
    }

    /**
     * Exits as the command does; with {@link #NOT_STARTED} if there is no such directory.
     *
     * @param directory absolute
     */
    static List<String> run(String directory, List<String> arguments) {
        var words = new ArrayList<>(List.of("/bin/sh", "-c", RUN, "headrace", directory));
        words.addAll(arguments);
        return words;
    }

    /** Exits with 0 if commands can work in {@code directory}. */
    static List<String> canEnter(String directory) {
        return List.of("/bin/sh", "-c", "cd \"$1\" 2>/dev/null", "headrace", directory);
    }

    /** Asks every process of the command to end. */
    static List<String> terminate() {
        return List.of("/bin/sh", "-c", "kill -s TERM -- -1 2>/dev/null; :");
    }

    /** Ends every process of the command, and prints how many the memory limit has ended so far. */
    static List<String> kill() {
        return List.of("/bin/sh", "-c", "exec 2>/dev/null\n" + SWEEP + COUNT_KILLED);
    }
}
