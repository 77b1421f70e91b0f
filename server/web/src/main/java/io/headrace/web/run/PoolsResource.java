package io.headrace.web.run;

import io.headrace.engine.access.Permission;
import io.headrace.engine.queue.PoolRules;
import io.headrace.engine.queue.PoolView;
import io.headrace.engine.worker.Pools;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.PageView;
import io.headrace.web.http.Query;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The pools: how much there is to do in each, and what is set. */
@Path("api/v1/pools")
public final class PoolsResource {

    private final Pools pools;

    public PoolsResource(Pools pools) {
        this.pools = pools;
    }

    /**
     * A pool.
     *
     * @param queued jobs that wait for a worker
     * @param oldest since when the oldest waits
     * @param oldestSeconds how long that is; 0 if none waits
     * @param running jobs that run
     * @param workers how many workers serve it and take jobs
     * @param slots how many jobs they run at a time
     * @param wantedWorkers how many workers it should have
     * @param rules what is set for it, or what is usual
     */
    public record Pool(
            String name,
            int queued,
            @Nullable Instant oldest,
            long oldestSeconds,
            int running,
            int workers,
            int slots,
            int wantedWorkers,
            Rules rules) {

        static Pool of(PoolView pool) {
            return new Pool(
                    pool.name(),
                    pool.queued(),
                    pool.oldest(),
                    pool.oldestAge().toSeconds(),
                    pool.running(),
                    pool.workers(),
                    pool.slots(),
                    pool.wantedWorkers(),
                    Rules.of(pool.rules()));
        }
    }

    /**
     * What is set for a pool. What is left out is as usual for a pool of its name.
     *
     * @param maxRunning how many jobs run in it at once, on all workers together; left out for any
     *     number
     * @param jobsPerWorker for how many jobs one worker is wanted
     * @param minWorkers how many workers are wanted at least
     * @param maxWorkers how many workers are wanted at most
     */
    public record Rules(
            @Nullable Integer maxRunning,
            @Nullable Integer jobsPerWorker,
            @Nullable Integer minWorkers,
            @Nullable Integer maxWorkers) {

        static Rules of(PoolRules rules) {
            return new Rules(
                    rules.maxRunning(),
                    rules.jobsPerWorker(),
                    rules.minWorkers(),
                    rules.maxWorkers());
        }

        PoolRules in(String pool) {
            var usual = PoolRules.standard(pool);
            return new PoolRules(
                    pool,
                    maxRunning,
                    jobsPerWorker == null ? usual.jobsPerWorker() : jobsPerWorker,
                    minWorkers == null ? usual.minWorkers() : minWorkers,
                    maxWorkers == null ? usual.maxWorkers() : maxWorkers);
        }
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Lists pools, with what waits, what runs and how many workers they should have.")
    public PageView<Pool> list() {
        return PageView.whole(pools.list().stream().map(Pool::of).toList());
    }

    @PUT
    @Path("{pool}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.ADMINISTER)
    @Doc("Sets how many jobs run in a pool at once, and how many workers it wants.")
    public Rules set(@PathParam("pool") String pool, @Nullable Rules body) {
        pools.set(Query.body(body).in(pool));
        return Rules.of(pools.rules(pool));
    }

    @DELETE
    @Path("{pool}")
    @Needs(Permission.ADMINISTER)
    @Doc(value = "Has what is usual hold for a pool again.", status = 204)
    public void reset(@PathParam("pool") String pool) {
        pools.reset(pool);
    }
}
