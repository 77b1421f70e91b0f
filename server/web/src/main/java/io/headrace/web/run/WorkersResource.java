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

    /** A worker. */
    public record Worker(
            String name,
            String kind,
            Set<String> pools,
            Set<String> labels,
            int slots,
            boolean online,
            Instant startedAt,
            List<Work> working) {

        static Worker of(WorkerView worker) {
            return new Worker(
                    worker.name(),
                    worker.kind(),
                    worker.pools(),
                    worker.labels(),
                    worker.slots(),
                    worker.online(),
                    worker.startedAt(),
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
    @Doc("Lists the workers and what they run.")
    public PageView<Worker> workers() {
        return PageView.whole(workers.list().stream().map(Worker::of).toList());
    }
}
