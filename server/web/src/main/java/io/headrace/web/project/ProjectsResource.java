package io.headrace.web.project;

import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.Projects;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Created;
import io.headrace.web.http.Doc;
import io.headrace.web.http.PageView;
import io.headrace.web.http.Query;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Projects. */
@Path("api/v1/projects")
public final class ProjectsResource {

    private final Projects projects;

    public ProjectsResource(Projects projects) {
        this.projects = projects;
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Lists projects by name.")
    public PageView<ProjectView> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        return PageView.of(projects.list(after, Query.limit(limit)), ProjectView::of);
    }

    /**
     * A project as its maintainer wants it.
     *
     * @param name can't be changed later; may be left out when a project is changed
     * @param pipelineFile null means {@value Project#DEFAULT_PIPELINE_FILE}
     */
    public record NewProject(
            @Nullable String name, @Nullable NewSource source, @Nullable String pipelineFile) {}

    /**
     * Where its files come from.
     *
     * @param type null means {@code git}
     * @param branch null means the repository's default
     */
    public record NewSource(@Nullable String type, @Nullable String url, @Nullable String branch) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.CONFIGURE)
    @Doc(value = "Adds a project.", status = 201, answer = ProjectView.class)
    public Response create(@Context UriInfo uri, @Nullable NewProject body) {
        var wanted = Query.body(body);
        var project =
                projects.create(
                        Query.field("name", wanted.name()), source(wanted), wanted.pipelineFile());
        return Created.at(uri, "projects/" + project.name(), ProjectView.of(project));
    }

    @GET
    @Path("{name}")
    @Needs(Permission.VIEW)
    @Doc("Shows a project.")
    public ProjectView show(@PathParam("name") String name) {
        return ProjectView.of(projects.get(name));
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.CONFIGURE)
    @Doc("Changes where a project's sources are.")
    public ProjectView update(@PathParam("name") String name, @Nullable NewProject body) {
        var wanted = Query.body(body);
        if (wanted.name() != null && !wanted.name().equals(name)) {
            throw Refused.invalid(
                    "A project keeps its name: leave out 'name', or send '%s'".formatted(name));
        }
        return ProjectView.of(projects.update(name, source(wanted), wanted.pipelineFile()));
    }

    @DELETE
    @Path("{name}")
    @Needs(Permission.CONFIGURE)
    @Doc(value = "Deletes a project with all its runs.", status = 204)
    public void delete(@PathParam("name") String name) {
        projects.delete(name);
    }

    private static Project.Source source(NewProject wanted) {
        var source = Query.field("source", wanted.source());
        return new Project.Source(
                source.type() == null ? "git" : source.type(),
                Query.field("source.url", source.url()),
                source.branch());
    }
}
