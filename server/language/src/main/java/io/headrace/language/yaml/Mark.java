package io.headrace.language.yaml;

/**
 * Where a piece of a file stands.
 *
 * @param source number of the file among those that a pipeline is made of; 0 is the file itself
 * @param line counted from 1
 * @param column counted from 1, in code points
 * @param length in code points, at least 1; a piece of several lines ends with its first
 */
public record Mark(int source, int line, int column, int length) implements Comparable<Mark> {

    /** The very beginning of a file. */
    public static final Mark START = new Mark(1, 1, 1);

    public Mark {
        length = Math.max(1, length);
    }

    /** Makes a mark in the file itself. */
    public Mark(int line, int column, int length) {
        this(0, line, column, length);
    }

    /** Returns the same place of another file. */
    public Mark in(int other) {
        return new Mark(other, line, column, length);
    }

    @Override
    public int compareTo(Mark other) {
        if (source != other.source) {
            return Integer.compare(source, other.source);
        }
        return line != other.line
                ? Integer.compare(line, other.line)
                : Integer.compare(column, other.column);
    }
}
