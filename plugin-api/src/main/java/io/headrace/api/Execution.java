package io.headrace.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * The isolated place of one attempt at a job, from {@link Executor#open} to {@link #close}.
 *
 * <p><b>Threads.</b> {@link #run}, {@link #put} and {@link #get} are called by one thread at a
 * time; {@link #stop} and {@link #close} may come from another while one of them runs.
 */
public interface Execution extends AutoCloseable {

    /**
     * Returns the absolute path of the workspace as commands see it, such as {@code /workspace}.
     */
    String workspace();

    /**
     * Returns whether {@link ExecutionRequest#workspace()} is the same directory as the workspace
     * that commands see. If not, the caller carries files over with {@link #put} and {@link #get}.
     */
    boolean sharesWorkspace();

    /**
     * Unpacks {@code tar} (POSIX, not compressed) into {@code directory}, relative to the
     * workspace; empty means the workspace itself. Missing directories are made.
     *
     * @throws ExecutionException if an entry would lie outside of the workspace, or the place is
     *     gone
     * @throws IOException if {@code tar} can't be read
     */
    void put(String directory, InputStream tar)
            throws ExecutionException, IOException, InterruptedException;

    /**
     * Runs one command to its end and streams its output as it comes.
     *
     * <p>When this returns, all output was given to {@code output}, and no process of the command
     * is alive, background processes and double forks included. An interrupt ends the processes,
     * first with TERM, then after {@link Command#grace()} with KILL.
     *
     * @return how it ended; a time limit that was reached is a result, not an exception
     * @throws ExecutionException if it could not be run at all
     * @throws InterruptedException if interrupted
     */
    CommandResult run(Command command, CommandOutput output)
            throws ExecutionException, InterruptedException;

    /**
     * Writes the regular files that match one of {@code globs} to {@code tar} (POSIX, not
     * compressed), with names relative to the workspace. Symbolic links that leave the workspace
     * are left out. {@code **} crosses directories, {@code *} and {@code ?} do not.
     *
     * @return for each glob, in order, how many files it matched
     * @throws ExecutionException if a glob is absolute or has a {@code ..} segment, or the place is
     *     gone
     */
    List<Integer> get(List<String> globs, OutputStream tar)
            throws ExecutionException, IOException, InterruptedException;

    /** Makes a {@link #run} under way end as if its caller was interrupted. Harmless otherwise. */
    void stop();

    /** Ends every process and releases all that this execution holds. Can be called twice. */
    @Override
    void close();
}
