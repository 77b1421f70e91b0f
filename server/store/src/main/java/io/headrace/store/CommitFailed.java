package io.headrace.store;

import java.sql.SQLException;

/** A commit failed, so that nobody knows whether what was in it is durable. */
final class CommitFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommitFailed(SQLException cause) {
        super("The database did not confirm the change; look whether it is there", cause);
    }
}
