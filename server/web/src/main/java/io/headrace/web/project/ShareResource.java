package io.headrace.web.project;

import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Projects;
import io.headrace.engine.queue.Share;
import io.headrace.engine.worker.Pools;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.Query;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** What a project may have of the workers. */
@Path("api/v1/projects/{name}/share")
public final class ShareResource {

    private final Projects projects;
    private final Pools pools;

    public ShareResource(Projects projects, Pools pools) {
        this.projects = projects;
        this.pools = pools;
    }

    /**
     * What a project may have of the workers.
     *
     * @param weight 1 to 1000; 100 if it is left out. Of two projects that both have jobs waiting,
     *     one with twice the weight gets twice the slots
     * @param maxRunning how many of its jobs run at once; left out for any number
     */
    public record ShareView(@Nullable Integer weight, @Nullable Integer maxRunning) {

        static ShareView of(Share share) {
            return new ShareView(share.weight(), share.maxRunning());
        }
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Shows what a project may have of the workers.")
    public ShareView show(@PathParam("name") String name) {
        return ShareView.of(pools.share(projects.get(name)));
    }

    /** Needs more than to configure projects: whoever raises one share lowers all others. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.ADMINISTER)
    @Doc("Sets what a project may have of the workers.")
    public ShareView set(@PathParam("name") String name, @Nullable ShareView body) {
        var wanted = Query.body(body);
        var weight = wanted.weight() == null ? Share.DEFAULT.weight() : wanted.weight();
        var project = projects.get(name);
        pools.share(project, new Share(weight, wanted.maxRunning()));
        return ShareView.of(pools.share(project));
    }
}
