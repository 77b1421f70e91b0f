package io.headrace.ui;

/**
 * The server can't be started, told to its operator. The launcher prints the message and nothing
 * else.
 */
public final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong and what to do
     */
    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
