package io.headrace.api;

import java.util.Objects;

/** Sources could not be had. The message is shown to people: what is wrong, and what to do. */
public final class ScmException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What could not be had. */
    public enum Kind {
        NO_SUCH_REPOSITORY,
        NO_SUCH_REF,
        NO_SUCH_COMMIT,
        NO_SUCH_FILE,
        /** The file is there but longer than allowed. */
        TOO_LARGE,
        NOT_ALLOWED,
        /** Network, host or repository don't answer; may work a little later. */
        UNREACHABLE,
        /** The program that this provider needs is not installed. */
        NO_TOOL,
        /** The URL is malformed, or of a kind that is refused. */
        INVALID_URL
    }

    public ScmException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ScmException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns what is wrong and what to do; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
