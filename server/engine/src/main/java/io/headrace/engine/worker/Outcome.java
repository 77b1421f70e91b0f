package io.headrace.engine.worker;

import io.headrace.api.ExecutionException;
import io.headrace.api.ScmException;
import io.headrace.engine.run.RunStore.Ending;
import io.headrace.engine.run.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns what happened into how an attempt ends, and whether another try may help. */
final class Outcome {

    private static final Duration LATER = Duration.ofSeconds(5);

    private Outcome() {}

    static Ending succeeded() {
        return Ending.of(Status.SUCCEEDED, "");
    }

    static Ending skipped(String explanation) {
        return Ending.of(Status.SKIPPED, explanation);
    }

    static Ending failed(String reason, @Nullable Integer exitCode, boolean retry) {
        return new Ending(Status.FAILED, reason, exitCode, retry, Duration.ZERO);
    }

    static Ending of(ExecutionException e) {
        return errored(e.getMessage(), e.kind().isTransient());
    }

    static Ending of(ScmException e) {
        return errored(e.getMessage(), e.kind() == ScmException.Kind.UNREACHABLE);
    }

    static Ending errored(String reason, boolean retry) {
        return new Ending(Status.ERRORED, reason, null, retry, LATER);
    }

    static Ending interrupted(Interruption.@Nullable Cause cause, Duration limit) {
        return switch (cause) {
            case CANCELLED -> Ending.of(Status.CANCELLED, "cancelled while it ran");
            case TIMED_OUT -> timedOut("the job", limit, false);
            case SHUT_DOWN ->
                    new Ending(
                            Status.ERRORED,
                            "the server was shut down while it ran",
                            null,
                            true,
                            Duration.ZERO);
            case LOST -> errored("the lease was lost", true);
            case null -> errored("it was interrupted", true);
        };
    }

    static Ending timedOut(String what, Duration limit, boolean retry) {
        return new Ending(
                Status.FAILED,
                "%s took longer than its time limit of %s".formatted(what, inWords(limit)),
                124,
                retry,
                Duration.ZERO);
    }

    static String inWords(Duration duration) {
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        var text = duration.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        return text.substring(2)
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("([hm])(?=\\d)", "$1 ");
    }
}
