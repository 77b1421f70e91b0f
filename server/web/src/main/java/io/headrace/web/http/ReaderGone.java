package io.headrace.web.http;

import java.io.IOException;

/** Whoever asked has closed the connection: nothing of ours is wrong. */
final class ReaderGone extends IOException {

    private static final long serialVersionUID = 1L;

    ReaderGone(IOException cause) {
        super("The reader went away", cause);
    }
}
