package io.headrace.language.format;

/** A file that can't be formatted; the message says why and what to do. */
public final class FormatException extends Exception {

    private static final long serialVersionUID = 1L;

    FormatException(String message) {
        super(message);
    }
}
