package io.headrace.web.project;

import io.headrace.engine.run.Status;
import org.jspecify.annotations.Nullable;

/**
 * A picture of how a project is doing: on the left what it is about, on the right the state.
 *
 * @param caption the state in one word
 * @param colour its background
 * @param tooltip the state in a few words
 */
record Badge(String caption, String colour, String tooltip) {

    private static final Badge UNKNOWN = new Badge("unknown", "#9E9E9E", "no finished run");

    /** Returns the badge for a state; null stands for none. */
    static Badge of(@Nullable Status status) {
        return switch (status) {
            case null -> UNKNOWN;
            case SUCCEEDED -> new Badge("passing", "#4CAF50", "passing");
            case FAILED -> new Badge("failing", "#F44336", "tests failed");
            case ERRORED -> new Badge("error", "#FF5722", "system error");
            case RUNNING -> new Badge("running", "#2196F3", "running");
            case PENDING, QUEUED, WAITING -> new Badge("pending", "#FF9800", "pending");
            case CANCELLED -> new Badge("cancelled", "#9E9E9E", "cancelled");
            case SKIPPED -> new Badge("skipped", "#BDBDBD", "skipped");
        };
    }

    /**
     * Draws it.
     *
     * @param label what it is about; any text
     * @param when the state was reached, or null
     */
    String svg(String label, @Nullable String when) {
        var title = escaped(label + ": " + tooltip + (when == null ? "" : ", " + when));
        var left = width(label);
        var right = width(caption);
        return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="20" role="img" aria-label="%s">\
        <title>%s</title>\
        <clipPath id="r"><rect width="%d" height="20" rx="3"/></clipPath>\
        <g clip-path="url(#r)"><rect width="%d" height="20" fill="#424242"/>\
        <rect x="%d" width="%d" height="20" fill="%s"/></g>\
        <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">\
        <text x="%d" y="14">%s</text><text x="%d" y="14">%s</text></g></svg>
        """
                .formatted(
                        left + right,
                        title,
                        title,
                        left + right,
                        left,
                        left,
                        right,
                        colour,
                        left / 2,
                        escaped(label),
                        left + right / 2,
                        escaped(caption));
    }

    private static int width(String text) {
        return 12 + 7 * text.codePointCount(0, text.length());
    }

    private static String escaped(String text) {
        var safe = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '<' -> safe.append("&lt;");
                        case '>' -> safe.append("&gt;");
                        case '&' -> safe.append("&amp;");
                        case '"' -> safe.append("&quot;");
                        case '\'' -> safe.append("&#39;");
                        default -> safe.appendCodePoint(c < 0x20 || c > 0xfffd ? ' ' : c);
                    }
                });
        return safe.toString();
    }
}
