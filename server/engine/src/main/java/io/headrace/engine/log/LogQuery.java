package io.headrace.engine.log;

/**
 * What to look for in a log.
 *
 * @param text to find within a line, at least one character
 * @param ignoreCase whether {@code A} finds {@code a}
 */
public record LogQuery(String text, boolean ignoreCase) {

    public LogQuery {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("Give some text to look for");
        }
    }
}
