package io.headrace.cli;

import java.util.Locale;

/** What the program exits with. Scripts rely on it. */
final class ExitCode {

    static final int SUCCEEDED = 0;
    static final int FAILED = 1;

    /** Wrong usage, or a file that is not valid. */
    static final int INVALID = 2;

    /** The run could not be run. */
    static final int ERRORED = 3;

    /** The server can't be reached, can't answer, or does not allow it. */
    static final int UNREACHABLE = 4;

    static final int CANCELLED = 130;

    private ExitCode() {}

    /** Returns the code for a run's final status. */
    static int of(String status) {
        return switch (status.toUpperCase(Locale.ROOT)) {
            case "SUCCEEDED", "SKIPPED" -> SUCCEEDED;
            case "ERRORED" -> ERRORED;
            case "CANCELLED" -> CANCELLED;
            default -> FAILED;
        };
    }
}
