package io.headrace.engine.worker;

import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A worker, as people see it.
 *
 * @param kind {@code built-in}, or {@code agent} on another machine
 * @param slots how many jobs it runs at a time
 * @param working what it runs just now
 * @param online whether it takes jobs
 */
public record WorkerView(
        String name,
        String kind,
        Set<String> pools,
        Set<String> labels,
        int slots,
        List<Work> working,
        boolean online,
        Instant startedAt) {

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
