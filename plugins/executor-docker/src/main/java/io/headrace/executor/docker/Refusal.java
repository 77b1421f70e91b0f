package io.headrace.executor.docker;

import java.io.IOException;

/** The engine understood a call and did not do it. */
final class Refusal extends IOException {

    private static final long serialVersionUID = 1L;

    static final int MALFORMED = 400;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;

    private final int status;

    /**
     * @param message what the engine said
     */
    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Returns what the engine said. */
    String said() {
        return String.valueOf(getMessage());
    }
}
