package io.headrace.engine.worker;

import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A worker, as people see it.
 *
 * @param kind {@code built-in} in a server, {@code worker} in a process that only works, {@code
 *     controller} for a server that takes no jobs
 * @param slots how many jobs it runs at a time
 * @param working what it runs just now
 * @param seenAt when it last said that it lives
 * @param version of its program
 */
public record WorkerView(
        String name,
        String kind,
        Set<String> pools,
        Set<String> labels,
        int slots,
        List<Work> working,
        State state,
        Instant startedAt,
        Instant seenAt,
        String version) {

    /** Whether a worker takes jobs. */
    public enum State {
        ONLINE,
        /** Ends what it has, and takes nothing new. */
        DRAINING,
        /** It has been silent for longer than its lease; others do what it had. */
        LOST
    }

    /** Tells whether it takes jobs. */
    public boolean online() {
        return state == State.ONLINE;
    }

    /**
     * An attempt that it runs.
     *
     * @param project the project's name
     * @param job the job's name
     */
    public record Work(
            AttemptId attempt,
            RunId run,
            String project,
            long runNumber,
            String job,
            Instant since) {}
}
