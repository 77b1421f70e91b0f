package io.headrace.engine.plugin;

/**
 * Turns what a plugin threw into words, which can be kept without keeping the plugin's classes. The
 * plugin's own {@code getMessage} may throw as well.
 */
final class Words extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int MAX_CAUSES = 8;
    private static final int MAX_LENGTH = 1000;

    private Words(String text) {
        super(text, null, false, true);
    }

    /** Returns a copy of {@code thrown} and its causes, stack traces included. */
    static Words copyOf(Throwable thrown) {
        return copyOf(thrown, MAX_CAUSES);
    }

    private static Words copyOf(Throwable thrown, int causes) {
        var copy = new Words(of(thrown));
        try {
            copy.setStackTrace(thrown.getStackTrace());
            var cause = thrown.getCause();
            if (cause != null && causes > 0) {
                copy.initCause(copyOf(cause, causes - 1));
            }
        } catch (Throwable _) {
            // Then there is less to tell; the copy stands without it.
            return copy;
        }
        return copy;
    }

    /** Returns the class and message of {@code thrown} in at most one thousand characters. */
    static String of(Throwable thrown) {
        String message;
        try {
            message = thrown.getMessage();
        } catch (Throwable _) {
            message = "(its message can't be had)";
        }
        var name = thrown.getClass().getSimpleName();
        var text = message == null || message.isBlank() ? name : name + ": " + message;
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
    }
}
