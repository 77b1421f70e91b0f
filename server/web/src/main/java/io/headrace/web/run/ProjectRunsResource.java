package io.headrace.web.run;

import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Projects;
import io.headrace.engine.run.RunFilter;
import io.headrace.engine.run.Runs;
import io.headrace.engine.run.Status;
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
import org.jspecify.annotations.Nullable;

/** Runs of one project. */
@Path("api/v1/projects/{name}/runs")
public final class ProjectRunsResource {

    private final Runs runs;
    private final Projects projects;
    private final RunDetails details;
    private final RunStarter starter;

    public ProjectRunsResource(Runs runs, Projects projects) {
        this.runs = runs;
        this.projects = projects;
        this.details = new RunDetails(runs);
        this.starter = new RunStarter(runs);
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Lists a project's runs, newest first.")
    public PageView<RunView> list(
            @PathParam("name") String project,
            @QueryParam("status") @Nullable String status,
            @QueryParam("branch") @Nullable String branch,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        var name = projects.get(project).name();
        var filter = new RunFilter(name, Query.value("status", status, Status::parse), branch);
        return PageView.of(runs.list(filter, after, Query.limit(limit)), RunView::of);
    }

    @POST
    @Needs(Permission.RUN)
    @Consumes(MediaType.APPLICATION_JSON)
    @Doc(
            value = "Starts a run. What is wrong with the pipeline makes a run that is ERRORED.",
            status = 201,
            answer = RunView.class)
    public Response startOf(
            @Context UriInfo uri,
            @Context SecurityContext caller,
            @PathParam("name") String project,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable NewRun body) {
        var wanted = body == null ? NewRun.NOTHING_SAID : body;
        if (wanted.project() != null && !wanted.project().equals(project)) {
            throw Refused.invalid(
                    "The address names project '%s', the body '%s'; leave out the latter"
                            .formatted(project, wanted.project()));
        }
        return starter.start(uri, caller, project, key, wanted);
    }

    @GET
    @Path("{number}")
    @Needs(Permission.VIEW)
    @Doc("Shows a run with its jobs, attempts and steps, by its number.")
    public RunView byNumber(@PathParam("name") String project, @PathParam("number") String number) {
        var counted = Query.id("run", number, Long::valueOf);
        return runs.find(project, counted)
                .map(run -> details.show(run.id()))
                .orElseThrow(() ->
                        Refused.notFound(
                                "Project '%s' has no run #%d; see the list of its runs (headrace runs --project %s)"
                                        .formatted(project, counted, project)));
    }
}
