package io.headrace.engine.log;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Reads a log as it was when the reader was opened. Used by one thread at a time.
 *
 * <p>Memory: some hundred KiB, whatever the size of the log, plus the lines that are returned.
 */
public interface LogReader extends AutoCloseable {

    /** Returns how many lines there are. */
    long lines();

    /** Returns the size of the text in bytes, line ends included. */
    long size();

    /** Returns whether the log has ended, so that no line can follow. */
    boolean complete();

    /**
     * Reads lines, wherever they are, without reading those before.
     *
     * @param from number of the first line, from 1
     * @param limit how many lines at most
     * @return fewer where the log ends, or after 4 MiB of text; at least one if there is one
     */
    List<LogLine> lines(long from, int limit) throws IOException;

    /** Like {@link #lines(long, int)}, but leaves out the lines of other steps. */
    List<LogLine> linesOfStep(int step, long from, int limit) throws IOException;

    /** Lists all ranges of lines by step, in the order of the log. */
    List<StepRange> steps() throws IOException;

    /**
     * Finds lines that hold {@code query}.
     *
     * @param from number of the first line to look at, from 1
     * @param limit how many hits at most
     */
    LogMatches search(LogQuery query, long from, int limit) throws IOException;

    /** Writes the text of all lines, byte for byte as masked, each with a line feed at its end. */
    void writeText(OutputStream out) throws IOException;

    @Override
    void close() throws IOException;
}
