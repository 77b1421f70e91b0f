package io.headrace.engine.log;

import java.io.IOException;

/**
 * Writes the log of one attempt. What was taken survives the end of this process: it is handed to
 * the operating system before the call returns.
 *
 * <p>Any number of threads may use it.
 */
public interface LogWriter extends AutoCloseable {

    /**
     * Returns a taker for the output of a command of {@code step}. Close it when the command has
     * ended.
     *
     * @param step index of the step in its job, from 0, or {@link LogLine#JOB}
     */
    StepOutput output(int step);

    /**
     * Writes {@code text} as lines of {@link LogStream#SYSTEM}, secrets masked.
     *
     * @param step index of the step in its job, from 0, or {@link LogLine#JOB}
     * @param text one or more lines
     */
    void line(int step, String text);

    /**
     * Ends the log: followers get the last lines and then its end. Harmless if called again.
     *
     * @throws IOException if not all of the log could be kept; the message says why and what to do
     */
    @Override
    void close() throws IOException;
}
