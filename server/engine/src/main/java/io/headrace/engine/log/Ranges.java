package io.headrace.engine.log;

import java.util.List;

/** Puts consecutive batches of one step together. */
final class Ranges {

    private final List<StepRange> ranges;
    private int step;
    private long firstLine;

    Ranges(List<StepRange> ranges) {
        this.ranges = ranges;
    }

    /** Takes the next entry or batch. */
    void see(IndexEntry entry) {
        if (firstLine == 0) {
            step = entry.step();
            firstLine = entry.firstLine();
        } else if (entry.step() != step) {
            ranges.add(new StepRange(step, firstLine, entry.firstLine() - firstLine));
            step = entry.step();
            firstLine = entry.firstLine();
        }
    }

    /** Closes the last range at {@code lastLine}. */
    void end(long lastLine) {
        if (firstLine > 0 && lastLine >= firstLine) {
            ranges.add(new StepRange(step, firstLine, lastLine - firstLine + 1));
        }
    }
}
