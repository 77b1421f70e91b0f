package io.headrace.api;

/**
 * How a command ended.
 *
 * @param exitCode 0 means success; 128 + n where signal n ended it; 124 where it timed out
 * @param timedOut whether its time limit was reached
 */
public record CommandResult(int exitCode, boolean timedOut) {

    public static CommandResult exited(int exitCode) {
        return new CommandResult(exitCode, false);
    }

    /** 124 is what {@code timeout(1)} exits with. */
    public static CommandResult ofTimeout() {
        return new CommandResult(124, true);
    }

    public boolean succeeded() {
        return exitCode == 0 && !timedOut;
    }
}
