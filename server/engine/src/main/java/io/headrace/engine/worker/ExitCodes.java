package io.headrace.engine.worker;

/** Says what exit codes usually mean (requirements EXEC-041). */
final class ExitCodes {

    private ExitCodes() {}

    /** Returns the code with its meaning, such as {@code exit code 127 (command not found)}. */
    static String explain(int exitCode) {
        var hint =
                switch (exitCode) {
                    case 2 -> "wrong usage of a command, or a file that is missing";
                    case 124 -> "ended by 'timeout', or by a command that gave up waiting";
                    case 125 -> "the container, or 'timeout' itself, could not run it";
                    case 126 ->
                            "the file can't be executed; is it executable, and for this platform?";
                    case 127 -> "command not found; is it installed and on the PATH?";
                    case 128 -> "a signal, or 'exit' with a number that is no exit code";
                    case 130 -> "interrupted";
                    case 137 -> "killed; often because memory ran out";
                    case 139 -> "segmentation fault";
                    case 143 -> "terminated";
                    default -> "";
                };
        return hint.isEmpty()
                ? "exit code " + exitCode
                : "exit code %d (%s)".formatted(exitCode, hint);
    }
}
