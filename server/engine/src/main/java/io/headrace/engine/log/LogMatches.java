package io.headrace.engine.log;

import java.util.List;

/**
 * What a search found.
 *
 * @param lines the hits, in order
 * @param next number of the line where the search goes on, or 0 if it came to the end
 */
public record LogMatches(List<LogLine> lines, long next) {

    public LogMatches {
        lines = List.copyOf(lines);
    }
}
