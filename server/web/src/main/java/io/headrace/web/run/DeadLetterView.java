package io.headrace.web.run;

import io.headrace.engine.deadletter.CauseGroup;
import io.headrace.engine.deadletter.DeadLetter;
import io.headrace.engine.deadletter.DeadLetters;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job that is not tried any more, although it is not its author's to mend.
 *
 * @param job its key in the plan
 * @param attempt the last
 * @param attempts how many there were
 * @param cause the reason without what differs from job to job
 * @param group stands for the cause
 * @param handledBy who had it run again or dismissed it
 * @param againIn the run in which it runs again, if that is another
 */
public record DeadLetterView(
        String id,
        String run,
        String project,
        long runNumber,
        String job,
        String attempt,
        int attempts,
        FailureView failure,
        String reason,
        String cause,
        String group,
        Instant diedAt,
        DeadLetter.State state,
        @Nullable Instant handledAt,
        @Nullable String handledBy,
        @Nullable String againIn) {

    static DeadLetterView of(DeadLetter letter) {
        return new DeadLetterView(
                letter.id().toString(),
                letter.run().toString(),
                letter.project(),
                letter.runNumber(),
                letter.jobKey(),
                letter.attempt().toString(),
                letter.attempts(),
                FailureView.of(letter.failure()),
                letter.reason(),
                letter.cause(),
                letter.causeKey(),
                letter.diedAt(),
                letter.state(),
                letter.handledAt(),
                letter.handledBy(),
                letter.againIn() == null ? null : letter.againIn().toString());
    }

    /**
     * Open dead letters with the same cause.
     *
     * @param id give it as {@code group}
     * @param jobs how many
     * @param projects how many projects have some of them
     */
    public record Group(
            String id,
            String cause,
            FailureView failure,
            int jobs,
            int projects,
            Instant oldest,
            Instant newest) {

        static Group of(CauseGroup group) {
            return new Group(
                    group.causeKey(),
                    group.cause(),
                    FailureView.of(group.failure()),
                    group.jobs(),
                    group.projects(),
                    group.oldest(),
                    group.newest());
        }
    }

    /**
     * All that is known of one: the document {@code error-….json}.
     *
     * @param correlationId finds what the server's log says of it
     * @param history attempts, oldest first; empty if the run was deleted
     * @param log the last 100 lines; empty if it was deleted
     */
    public record Summary(
            DeadLetterView letter,
            String correlationId,
            List<JobView.AttemptView> history,
            List<LineView> log) {

        static Summary of(DeadLetters.Summary summary) {
            return new Summary(
                    DeadLetterView.of(summary.letter()),
                    summary.letter().run().toString(),
                    summary.history().stream().map(JobView.AttemptView::of).toList(),
                    summary.log().stream().map(LineView::of).toList());
        }
    }
}
