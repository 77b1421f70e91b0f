package io.headrace.engine.log;

import java.util.Arrays;

/** Ranges of bytes that do not overlap, in order, each with a number. Not for several threads. */
final class Spans {

    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private int[] names = new int[8];
    private int[] lengths = new int[8];
    private int count;

    int count() {
        return count;
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    int name(int index) {
        return names[index];
    }

    /**
     * Adds a range whose end is behind all others. It swallows those that it overlaps; the longest
     * gives its name.
     */
    void cover(int start, int end, int name) {
        var from = start;
        var longest = end - start;
        var named = name;
        while (count > 0 && ends[count - 1] > from) {
            count--;
            from = Math.min(from, starts[count]);
            if (lengths[count] > longest) {
                longest = lengths[count];
                named = names[count];
            }
        }
        add(from, end, named, longest);
    }

    /** Adds one byte: to the last range, if that ends there. */
    void extend(int at) {
        if (count > 0 && ends[count - 1] == at) {
            ends[count - 1] = at + 1;
        } else {
            add(at, at + 1, 0, 1);
        }
    }

    void clear() {
        count = 0;
    }

    void dropFirst(int many) {
        count -= many;
        System.arraycopy(starts, many, starts, 0, count);
        System.arraycopy(ends, many, ends, 0, count);
        System.arraycopy(names, many, names, 0, count);
        System.arraycopy(lengths, many, lengths, 0, count);
    }

    /** Counts positions from {@code origin} on; what is before is cut off. */
    void shift(int origin) {
        var gone = 0;
        for (var i = 0; i < count; i++) {
            starts[i] = Math.max(0, starts[i] - origin);
            ends[i] -= origin;
            if (ends[i] <= 0) {
                gone++;
            }
        }
        dropFirst(gone);
    }

    private void add(int start, int end, int name, int length) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            names = Arrays.copyOf(names, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        starts[count] = start;
        ends[count] = end;
        names[count] = name;
        lengths[count] = length;
        count++;
    }
}
