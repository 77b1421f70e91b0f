package io.headrace.engine.worker;

import io.headrace.api.ExecutionException;
import io.headrace.api.ScmException;
import io.headrace.engine.retry.Failure;
import io.headrace.engine.retry.Failures;
import io.headrace.engine.run.RunStore.Ending;
import io.headrace.engine.run.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns what happened into how an attempt ends, and whether another try may help. */
final class Outcome {

    private Outcome() {}

    static Ending succeeded() {
        return Ending.of(Status.SUCCEEDED, "");
    }

    static Ending skipped(String explanation) {
        return Ending.of(Status.SKIPPED, explanation);
    }

    static Ending failed(
            String reason, @Nullable Integer exitCode, boolean retry, Failure failure) {
        return new Ending(Status.FAILED, reason, exitCode, retry, failure);
    }

    static Ending of(ExecutionException e) {
        return Ending.errored(e.getMessage(), Failures.of(e));
    }

    static Ending of(ScmException e) {
        return Ending.errored(e.getMessage(), Failures.of(e));
    }

    static Ending interrupted(Interruption.@Nullable Cause cause, Duration limit) {
        return switch (cause) {
            case CANCELLED -> Ending.of(Status.CANCELLED, "cancelled while it ran");
            case TIMED_OUT -> timedOut("the job", limit, false);
            case SHUT_DOWN ->
                    Ending.errored("the server was shut down while it ran", Failure.SHUT_DOWN);
            case LOST -> Ending.errored("the lease was lost", Failure.WORKER_LOST);
            case null -> Ending.errored("it was interrupted", Failure.PLACE_LOST);
        };
    }

    static Ending timedOut(String what, Duration limit, boolean retry) {
        return new Ending(
                Status.FAILED,
                "%s took longer than its time limit of %s".formatted(what, inWords(limit)),
                124,
                retry,
                Failure.TIME_LIMIT);
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
