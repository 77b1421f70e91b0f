package io.headrace.web.run;

import io.headrace.engine.access.Permission;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.WaitingJob;
import io.headrace.engine.worker.Queue;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.Query;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for a worker. */
@Path("api/v1/queue")
public final class QueueResource {

    private final Queue queue;
    private final Runs runs;

    public QueueResource(Queue queue, Runs runs) {
        this.queue = queue;
        this.runs = runs;
    }

    /**
     * A job that waits.
     *
     * @param position counted from 1 in its pool
     * @param reason why it waits
     * @param urgent whether it goes before the shares of projects
     * @param notBefore from when it may be taken, if that is still to come
     * @param impossible whether no worker that is known could ever take it
     * @param start when it is expected to start; left out if there is no history to reckon from
     */
    public record Waiting(
            String id,
            String run,
            String project,
            long runNumber,
            String key,
            String name,
            String pool,
            List<String> labels,
            int priority,
            int position,
            int attempt,
            Instant queuedAt,
            boolean urgent,
            @Nullable Instant notBefore,
            String reason,
            boolean impossible,
            @Nullable Start start) {

        static Waiting of(WaitingJob waiting) {
            var job = waiting.job();
            return new Waiting(
                    job.id().toString(),
                    job.run().toString(),
                    job.project(),
                    job.runNumber(),
                    job.key(),
                    job.name(),
                    job.pool(),
                    job.labels(),
                    job.priority(),
                    job.position(),
                    job.attempt(),
                    job.queuedAt(),
                    job.urgent(),
                    job.notBefore(),
                    waiting.reason(),
                    waiting.impossible(),
                    waiting.start() == null
                            ? null
                            : new Start(waiting.start().p50(), waiting.start().p90()));
        }
    }

    /**
     * When a job is expected to start.
     *
     * @param p50 as likely before as after
     * @param p90 nine times of ten before
     */
    public record Start(Instant p50, Instant p90) {}

    /**
     * What waits. It has no pages: while somebody turns them, workers take from the first.
     *
     * @param items in the order in which they are taken
     * @param total how many there are, beyond {@code items} too
     */
    public record Line(List<Waiting> items, int total) {}

    @GET
    @Needs(Permission.VIEW)
    @Doc("Lists jobs that wait for a worker, in the order in which they are taken, and why.")
    public Line list(@QueryParam("limit") @Nullable String limit) {
        var items = queue.list(Query.limit(limit)).stream().map(Waiting::of).toList();
        return new Line(items, Math.max(items.size(), runs.depth().queued()));
    }

    /**
     * How much there is to do.
     *
     * @param pending jobs that wait for a worker
     * @param running jobs that run
     * @param oldest since when the oldest waits
     */
    public record Stats(int pending, int running, @Nullable Instant oldest) {}

    @GET
    @Path("stats")
    @Needs(Permission.VIEW)
    @Doc("Counts jobs that wait and jobs that run.")
    public Stats stats() {
        var depth = runs.depth();
        return new Stats(depth.queued(), depth.running(), depth.oldest());
    }
}
