package io.headrace.language.yaml;

/**
 * Where a piece of a file stands.
 *
 * @param line counted from 1
 * @param column counted from 1, in code points
 * @param length in code points, at least 1; a piece of several lines ends with its first
 */
public record Mark(int line, int column, int length) implements Comparable<Mark> {

    /** The very beginning of a file. */
    public static final Mark START = new Mark(1, 1, 1);

    public Mark {
        length = Math.max(1, length);
    }

    @Override
    public int compareTo(Mark other) {
        return line != other.line
                ? Integer.compare(line, other.line)
                : Integer.compare(column, other.column);
    }
}
