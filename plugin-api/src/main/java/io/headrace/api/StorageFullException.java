package io.headrace.api;

import java.io.IOException;

/** There is no room left. The message says where, how much there is, and what to do. */
public final class StorageFullException extends IOException {

    private static final long serialVersionUID = 1L;

    public StorageFullException(String message) {
        super(message);
    }
}
