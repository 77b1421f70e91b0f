package io.headrace.store;

import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.StaleFence;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Hands reports on steps to the writer. Nobody waits for them; so one that the database did not
 * take is written together with the next report on its attempt, at the latest with its end: no
 * attempt ends without all that was reported of its steps.
 */
final class StepReports {

    private final Writer writer;
    private final Map<AttemptId, Missing> unwritten = new ConcurrentHashMap<>();

    /** Reports on an attempt, in their order. */
    private static final class Missing {

        final List<Operation<Boolean>> reports = new CopyOnWriteArrayList<>();

        /**
         * In which they were written last. Once is enough there: what came after them in it would
         * be overwritten. Of the writer's thread.
         */
        @Nullable Transaction writtenIn;
    }

    StepReports(Writer writer) {
        this.writer = writer;
    }

    /** Hands a report in; those of one attempt come one after the other. */
    CompletableFuture<Boolean> submit(Claim claim, Operation<Boolean> report) {
        var answer =
                writer.submit(Operation.Turn.RUN, claim.run().value(), withEarlier(claim, report));
        var _ = answer.whenComplete((_, failure) -> note(claim.attempt(), report, failure));
        return answer;
    }

    private void note(AttemptId attempt, Operation<Boolean> report, @Nullable Throwable failure) {
        if (failure instanceof StaleFence) {
            unwritten.remove(attempt);
        } else if (failure != null) {
            unwritten.computeIfAbsent(attempt, _ -> new Missing()).reports.add(report);
        }
    }

    /** Returns an operation that first writes what is missing of the attempt's steps. */
    Operation<Boolean> withEarlier(Claim claim, Operation<Boolean> operation) {
        return transaction -> {
            var earlier = unwritten.get(claim.attempt());
            if (earlier != null && earlier.writtenIn != transaction) {
                for (var report : earlier.reports) {
                    report.run(transaction);
                }
                earlier.writtenIn = transaction;
                transaction.onCommit(() -> unwritten.remove(claim.attempt()));
            }
            return operation.run(transaction);
        };
    }

    /** Forgets what is missing of attempts that belong to somebody else now. */
    void forget(Collection<AttemptId> lost) {
        unwritten.keySet().removeAll(lost);
    }
}
