package io.headrace.engine.retry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt or a step did not succeed. The three views of it that people and programs ask for
 * are fixed (requirements model, error views).
 */
public enum Failure {
    /** A command ended with an exit code that means something to its author alone. */
    EXIT_CODE(
            RetryClass.PERMANENT_CODE_ISSUES,
            FailureCategory.CONFIGURATION,
            ErrorType.USER_ERROR,
            "Read the log above the failed command; mend the code or the command"),
    /** A step or a job took longer than it may. */
    TIME_LIMIT(
            RetryClass.PERMANENT_CODE_ISSUES,
            FailureCategory.CONFIGURATION,
            ErrorType.USER_ERROR,
            "Make it faster, raise 'timeout', or set 'retry_on_timeout'"),
    /** Exit code 127. */
    COMMAND_NOT_FOUND(
            RetryClass.CONFIGURATION_ERRORS,
            FailureCategory.CONFIGURATION,
            ErrorType.USER_ERROR,
            "Install the command on the worker or in the image, or correct its name"),
    /** Exit code 126. */
    NOT_EXECUTABLE(
            RetryClass.CONFIGURATION_ERRORS,
            FailureCategory.CONFIGURATION,
            ErrorType.USER_ERROR,
            "Make the file executable (git update-index --chmod=+x), and for this platform"),
    /** Something that was named does not exist, or can't be as it was asked for. */
    CONFIGURATION(
            RetryClass.CONFIGURATION_ERRORS,
            FailureCategory.CONFIGURATION,
            ErrorType.USER_ERROR,
            "Correct what the message names, then run it again"),
    /** Credentials were refused. */
    NOT_ALLOWED(
            RetryClass.CONFIGURATION_ERRORS,
            FailureCategory.CONFIGURATION,
            ErrorType.USER_ERROR,
            "Give the project or the executor credentials that may do it"),
    /** A connection failed or broke. */
    NETWORK(
            RetryClass.TRANSIENT_DEPENDENCIES,
            FailureCategory.TRANSIENT,
            ErrorType.INFRASTRUCTURE,
            "See whether the host answers from the worker; it is tried again by itself"),
    /** Something that jobs need is down. */
    SERVICE_DOWN(
            RetryClass.TRANSIENT_DEPENDENCIES,
            FailureCategory.DEPENDENCY,
            ErrorType.INFRASTRUCTURE,
            "Start the service; jobs that need it are held and go on by themselves"),
    /** Something that jobs need wants fewer requests. */
    RATE_LIMIT(
            RetryClass.TRANSIENT_DEPENDENCIES,
            FailureCategory.DEPENDENCY,
            ErrorType.INFRASTRUCTURE,
            "Wait, log in for a higher limit, or use a mirror"),
    /** Memory, disk or processes are used up. */
    EXHAUSTED(
            RetryClass.RESOURCE_EXHAUSTION,
            FailureCategory.RESOURCE,
            ErrorType.INFRASTRUCTURE,
            "Free memory or disk on the worker, or give the job more under 'resources'"),
    /** The worker that had it fell silent. */
    WORKER_LOST(
            RetryClass.TRANSIENT_INFRASTRUCTURE,
            FailureCategory.TRANSIENT,
            ErrorType.INFRASTRUCTURE,
            "See why the worker went away; a job that ends workers again and again is not run any"
                    + " more"),
    /** Its place, such as a container, was gone while it ran. */
    PLACE_LOST(
            RetryClass.TRANSIENT_INFRASTRUCTURE,
            FailureCategory.TRANSIENT,
            ErrorType.INFRASTRUCTURE,
            "See who removed the container or ended the host; it is tried again by itself"),
    /** The server was stopped on purpose while it ran. */
    SHUT_DOWN(
            RetryClass.TRANSIENT_INFRASTRUCTURE,
            FailureCategory.TRANSIENT,
            ErrorType.INFRASTRUCTURE,
            "Nothing: it is run again once the server is back"),
    /** The database did not answer. */
    DATABASE(
            RetryClass.TRANSIENT_INFRASTRUCTURE,
            FailureCategory.DEPENDENCY,
            ErrorType.INFRASTRUCTURE,
            "See whether the database runs; it is tried again by itself"),
    /** What was read is not what was written. */
    CORRUPTED(
            RetryClass.TRANSIENT_INFRASTRUCTURE,
            FailureCategory.CORRUPTION,
            ErrorType.INFRASTRUCTURE,
            "Look at the disk that keeps it, and restore it or have it built anew"),
    /** None of the others: a mistake of ours until somebody knows better. */
    UNKNOWN(
            null,
            FailureCategory.CATASTROPHIC,
            ErrorType.SYSTEM_BUG,
            "See the server's log, and report it with what stands there");

    private final @Nullable RetryClass retryClass;
    private final FailureCategory category;
    private final ErrorType errorType;
    private final String hint;

    Failure(
            @Nullable RetryClass retryClass,
            FailureCategory category,
            ErrorType errorType,
            String hint) {
        this.retryClass = retryClass;
        this.category = category;
        this.errorType = errorType;
        this.hint = hint;
    }

    /** Returns what retries go by, or null for what nobody foresaw. */
    public @Nullable RetryClass retryClass() {
        return retryClass;
    }

    /** Returns what it takes to get over it. */
    public FailureCategory category() {
        return category;
    }

    /** Returns whose to fix it is. */
    public ErrorType errorType() {
        return errorType;
    }

    /** Returns what to do about it, in one sentence without its full stop. */
    public String hint() {
        return hint;
    }

    /** Returns whether the author of the pipeline has to do something about it. */
    public boolean isAuthors() {
        return errorType == ErrorType.USER_ERROR;
    }

    /** Returns whether no policy tries it again: the same command would do the same. */
    public boolean isFinal() {
        return this == COMMAND_NOT_FOUND || this == NOT_EXECUTABLE;
    }

    /**
     * Returns whether an attempt that ended so says nothing of its job: what the job needs was
     * down, or we were. It is not counted then; only the time is.
     */
    public boolean isNobodysTry() {
        return this == SERVICE_DOWN || this == DATABASE || this == SHUT_DOWN;
    }

    /** Returns how often and when it is tried again where no pipeline says so. */
    public RetryPolicy preset() {
        return switch (this) {
            case NETWORK -> RetryPolicy.NETWORK;
            case SERVICE_DOWN, DATABASE -> RetryPolicy.SERVICE_DOWN;
            case RATE_LIMIT -> RetryPolicy.RATE_LIMIT;
            case EXHAUSTED -> RetryPolicy.EXHAUSTED;
            case WORKER_LOST, SHUT_DOWN ->
                    RetryPolicy.INFRASTRUCTURE.withDelays(Duration.ZERO, Duration.ZERO);
            case PLACE_LOST, CORRUPTED -> RetryPolicy.INFRASTRUCTURE;
            case EXIT_CODE,
                    TIME_LIMIT,
                    COMMAND_NOT_FOUND,
                    NOT_EXECUTABLE,
                    CONFIGURATION,
                    NOT_ALLOWED,
                    UNKNOWN ->
                    RetryPolicy.NONE;
        };
    }
}
