package io.headrace.web.run;

import io.headrace.engine.access.Permission;
import io.headrace.engine.worker.WorkerView;
import io.headrace.engine.worker.Workers;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.PageView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The workers. */
@Path("api/v1/workers")
public final class WorkersResource {

    private final Workers workers;

    public WorkersResource(Workers workers) {
        this.workers = workers;
    }

    /**
     * A worker.
     *
     * @param kind {@code built-in} in a server, {@code worker} in a process that only works, {@code
     *     controller} for a server that takes no jobs
     * @param online whether it takes jobs
     * @param state {@code LOST} if it has been silent for longer than its lease
     * @param seenAt when it last said that it lives
     */
    public record Worker(
            String name,
            String kind,
            Set<String> pools,
            Set<String> labels,
            int slots,
            boolean online,
            WorkerView.State state,
            Instant startedAt,
            Instant seenAt,
            String version,
            List<Work> working) {

        static Worker of(WorkerView worker) {
            return new Worker(
                    worker.name(),
                    worker.kind(),
                    worker.pools(),
                    worker.labels(),
                    worker.slots(),
                    worker.online(),
                    worker.state(),
                    worker.startedAt(),
                    worker.seenAt(),
                    worker.version(),
                    worker.working().stream().map(Work::of).toList());
        }
    }

    /** An attempt that a worker runs. */
    public record Work(
            String attempt, String run, String project, long runNumber, String job, Instant since) {

        static Work of(WorkerView.Work work) {
            return new Work(
                    work.attempt().toString(),
                    work.run().toString(),
                    work.project(),
                    work.runNumber(),
                    work.job(),
                    work.since());
        }
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Lists the workers of all processes on the database, and what they run.")
    public PageView<Worker> workers() {
        return PageView.whole(workers.list().stream().map(Worker::of).toList());
    }
}
