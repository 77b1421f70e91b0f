package io.headrace.web.run;

import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.run.Rerun;
import io.headrace.engine.run.RunFilter;
import io.headrace.engine.run.RunId;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.Status;
import io.headrace.web.access.Caller;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.PageView;
import io.headrace.web.http.Query;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs: started, listed, shown, cancelled, repeated. */
@Path("api/v1/runs")
public final class RunsResource {

    private final Runs runs;
    private final RunDetails details;
    private final RunStarter starter;

    public RunsResource(Runs runs) {
        this.runs = runs;
        this.details = new RunDetails(runs);
        this.starter = new RunStarter(runs);
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Lists runs, newest first.")
    public PageView<RunView> list(
            @QueryParam("project") @Nullable String project,
            @QueryParam("status") @Nullable String status,
            @QueryParam("branch") @Nullable String branch,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        var filter = new RunFilter(project, Query.value("status", status, Status::parse), branch);
        return PageView.of(runs.list(filter, after, Query.limit(limit)), RunView::of);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.RUN)
    @Doc(
            value = "Starts a run of the project that the body names.",
            status = 201,
            answer = RunView.class)
    public Response start(
            @Context UriInfo uri,
            @Context SecurityContext caller,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable NewRun body) {
        var wanted = Query.body(body);
        return starter.start(uri, caller, Query.field("project", wanted.project()), key, wanted);
    }

    @GET
    @Path("{id}")
    @Needs(Permission.VIEW)
    @Doc("Shows a run with its jobs, attempts and steps.")
    public RunView show(@PathParam("id") String id) {
        return details.show(id(id));
    }

    @GET
    @Path("{id}/jobs")
    @Needs(Permission.VIEW)
    @Doc("Lists a run's jobs.")
    public PageView<JobView> jobs(@PathParam("id") String id) {
        return PageView.whole(details.jobs(id(id)));
    }

    @GET
    @Path("{id}/plan")
    @Needs(Permission.VIEW)
    @Doc("Shows a run's plan as a graph.")
    public PlanView plan(@PathParam("id") String id) {
        var run = runs.detail(id(id));
        return runs.plan(run.run().id())
                .map(plan -> PlanView.of(plan, run))
                .orElseThrow(() ->
                        Refused.notFound(
                                "Run #%d has no plan: %s"
                                        .formatted(run.run().number(), run.run().reason())));
    }

    /** What came of a wish to cancel. */
    public record Cancelled(boolean success) {}

    @POST
    @Path("{id}/cancel")
    @Needs(Permission.RUN)
    @Doc("Asks for the end of a run; harmless if it is over.")
    public Cancelled cancel(@PathParam("id") String id, @Context SecurityContext caller) {
        runs.cancel(id(id), Caller.of(caller).name());
        return new Cancelled(true);
    }

    /**
     * What to run again.
     *
     * @param mode {@code all}, {@code failed}, {@code from} or {@code newest}
     * @param jobs with mode {@code from}, keys of jobs, or base names
     */
    public record Again(@Nullable String mode, @Nullable List<String> jobs) {}

    @POST
    @Path("{id}/rerun")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.RUN)
    @Doc(
            value =
                    "Runs a run again, as a new one: all of it, what failed, from jobs on, or as its ref is now.",
            status = 201,
            answer = RunView.class)
    public Response rerun(
            @Context UriInfo uri,
            @Context SecurityContext caller,
            @PathParam("id") String id,
            @Nullable Again body) {
        var mode = body == null || body.mode() == null ? "all" : body.mode();
        var scope = Query.constant("mode", mode, Rerun.Scope.class);
        var jobs = body == null || body.jobs() == null ? List.<String>of() : body.jobs();
        if (scope != Rerun.Scope.FROM && !jobs.isEmpty()) {
            throw Refused.invalid("'jobs' goes with \"mode\": \"from\" only");
        }
        return starter.accepted(
                uri, runs.rerun(id(id), new Rerun(scope, jobs), Caller.of(caller).name()));
    }

    static RunId id(String text) {
        return Query.id("run", text, RunId::parse);
    }
}
