package io.headrace.engine.log;

import io.headrace.api.CommandOutput;

/**
 * Takes the output of one command into a log. Nothing it is given is lost or reordered within a
 * stream; a line appears in the log when its end is there, or when this is closed.
 *
 * <p>It never throws: what can't be written because the disk is full or broken is counted, said in
 * the log as soon as it can be written again, and reported by {@link LogWriter#close}.
 */
public interface StepOutput extends CommandOutput, AutoCloseable {

    /** Writes what is left of lines without an end. To be called when the command has ended. */
    @Override
    void close();
}
