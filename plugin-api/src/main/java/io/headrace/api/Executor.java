package io.headrace.api;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Gives jobs their isolated place: a process group, a container, another machine.
 *
 * <p><b>Threads.</b> {@link #open} is called concurrently for different jobs, each call on its own
 * virtual thread, so it may block. Cancellation arrives as an interrupt.
 *
 * <p><b>Failure is not error.</b> A command that exits non-zero is a {@link CommandResult}; throw
 * only when the command could not be run at all.
 *
 * @since 0.1
 */
public interface Executor extends Configurable {

    /** Returns the name that selects this executor, such as {@code docker}. Never changes. */
    String type();

    /** Returns whether this executor understands {@link ExecutionRequest#image()}. */
    boolean runsImages();

    /**
     * Returns whether commands see the files of the server's machine, as its processes do. If not,
     * a workspace is made so that it refers to nothing outside of it.
     */
    default boolean seesServer() {
        return !runsImages();
    }

    /**
     * Looks whether what this executor relies on is there, such as an engine of containers. Called
     * every few seconds at most, by whoever watches the server; answers within a second or two, or
     * is taken to be unavailable.
     *
     * @return what is wrong and what to do, without paths and addresses; empty if all is well
     */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /**
     * Opens a fresh place for one attempt at a job.
     *
     * @throws ExecutionException if it could not be opened, for instance because the image is
     *     missing; nothing is left behind then
     * @throws InterruptedException if interrupted; nothing is left behind then
     */
    Execution open(ExecutionRequest request) throws ExecutionException, InterruptedException;

    /**
     * Ends whatever earlier executions of this installation left running, such as processes of a
     * server that was killed. Called at start and every few minutes after.
     *
     * @param installation the {@link ExecutionRequest#installation()} whose leftovers are meant;
     *     those of other installations are not touched
     * @param isLive tells by {@link ExecutionRequest#id()} which executions must be left alone
     * @return the number of executions that were ended
     */
    int sweep(String installation, Predicate<String> isLive) throws InterruptedException;
}
