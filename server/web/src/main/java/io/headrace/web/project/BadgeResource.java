package io.headrace.web.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.engine.project.Project;
import io.headrace.engine.project.Projects;
import io.headrace.engine.run.RunFilter;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.Runs;
import io.headrace.web.access.Public;
import io.headrace.web.http.Doc;
import io.headrace.web.http.Query;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Badges for other people's pages. They show a state and nothing else; one of a project that does
 * not exist looks like one of a project that has not run. If badges are not public, all look so.
 */
@Path("badge/{project: .+}.svg")
public final class BadgeResource {

    private static final Logger LOG = LoggerFactory.getLogger(BadgeResource.class);
    private static final String TYPE = "image/svg+xml";

    private final Projects projects;
    private final Runs runs;
    private final boolean open;

    /**
     * @param open whether badges are shown to everybody
     */
    public BadgeResource(Projects projects, Runs runs, boolean open) {
        this.projects = projects;
        this.runs = runs;
        this.open = open;
    }

    @GET
    @Produces(TYPE)
    @Public("A badge shows a state and nothing else, and can be switched off")
    @Doc("Draws the state of a branch's newest finished run; with live=true, of its newest run.")
    public Response show(
            @Context Request request,
            @PathParam("project") String name,
            @QueryParam("branch") @Nullable String branch,
            @QueryParam("live") @Nullable String live) {
        var newest = Query.flag("live", live);
        var run = open ? find(name, branch, newest) : Optional.<RunSummary>empty();
        var label = branch == null || branch.isBlank() ? name : name + " " + branch;
        var end = run.map(RunSummary::finishedAt).orElse(null);
        var svg =
                Badge.of(run.map(RunSummary::status).orElse(null))
                        .svg(
                                label.length() > 80 ? label.substring(0, 79) + "…" : label,
                                end == null ? null : end.truncatedTo(ChronoUnit.SECONDS).toString())
                        .getBytes(UTF_8);
        var tag = new EntityTag(checksum(svg));
        var unchanged = request.evaluatePreconditions(tag);
        var answer = unchanged == null ? Response.ok(svg, TYPE).tag(tag) : unchanged;
        return open(answer)
                .header("Cache-Control", "public, max-age=" + (end == null || newest ? 60 : 3600))
                .build();
    }

    @OPTIONS
    @Public("Tells browsers that any page may show badges")
    @Doc("Answers browsers that ask whether another site's page may show a badge.")
    public Response options() {
        return open(Response.noContent())
                .header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
                .build();
    }

    private static Response.ResponseBuilder open(Response.ResponseBuilder answer) {
        return answer.header("Access-Control-Allow-Origin", "*");
    }

    private Optional<RunSummary> find(String name, @Nullable String branch, boolean live) {
        try {
            return projects.find(name)
                    .flatMap(project -> {
                        var wanted = branchOf(project, branch);
                        return live
                                ? newest(project, wanted)
                                : runs.latestFinished(project, wanted);
                    });
        } catch (RuntimeException e) {
            LOG.warn("The badge of '{}' can't be drawn", name.replaceAll("\\p{Cntrl}", " "), e);
            return Optional.empty();
        }
    }

    private Optional<RunSummary> newest(Project project, @Nullable String branch) {
        var filter = new RunFilter(project.name(), null, branch);
        return runs.list(filter, null, 1).items().stream().findFirst();
    }

    private static @Nullable String branchOf(Project project, @Nullable String branch) {
        return branch == null || branch.isBlank() ? project.source().branch() : branch;
    }

    private static String checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return Long.toHexString(crc.getValue());
    }
}
