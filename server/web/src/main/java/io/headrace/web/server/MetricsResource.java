package io.headrace.web.server;

import io.headrace.engine.access.Permission;
import io.headrace.engine.queue.PoolView;
import io.headrace.engine.worker.Pools;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.ToLongFunction;

/** What autoscalers and monitors count, in the text format of Prometheus. */
@Path("metrics")
public final class MetricsResource {

    /** Of the format, not of ours. */
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Pools pools;

    public MetricsResource(Pools pools) {
        this.pools = pools;
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc(
            value =
                    "Tells what waits, what runs and how many workers are wanted, as Prometheus reads it.",
            answer = String.class)
    public Response metrics() {
        var all = pools.list();
        var text = new StringBuilder();
        add(
                text,
                "headrace_pool_queued_jobs",
                "Jobs that wait for a worker.",
                all,
                PoolView::queued);
        add(
                text,
                "headrace_pool_oldest_job_seconds",
                "How long the oldest job waits.",
                all,
                pool -> pool.oldestAge().toSeconds());
        add(text, "headrace_pool_running_jobs", "Jobs that run.", all, PoolView::running);
        add(text, "headrace_pool_workers", "Workers that take jobs.", all, PoolView::workers);
        add(text, "headrace_pool_slots", "Jobs that they run at a time.", all, PoolView::slots);
        add(
                text,
                "headrace_pool_wanted_workers",
                "Workers that there should be.",
                all,
                PoolView::wantedWorkers);
        return Response.ok(text.toString(), TYPE).build();
    }

    private static void add(
            StringBuilder text,
            String name,
            String help,
            List<PoolView> pools,
            ToLongFunction<PoolView> value) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
        for (var pool : pools) {
            text.append(name)
                    .append("{pool=\"")
                    .append(escaped(pool.name()))
                    .append("\"} ")
                    .append(value.applyAsLong(pool))
                    .append('\n');
        }
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
