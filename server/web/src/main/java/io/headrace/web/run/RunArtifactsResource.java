package io.headrace.web.run;

import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.artifact.Artifact;
import io.headrace.engine.artifact.Artifacts;
import io.headrace.engine.run.Runs;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.PageView;
import io.headrace.web.http.Streaming;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;

/** The artifacts of a run. */
@Path("api/v1/runs/{id}/artifacts")
public final class RunArtifactsResource {

    private final Runs runs;
    private final Artifacts artifacts;

    public RunArtifactsResource(Runs runs, Artifacts artifacts) {
        this.runs = runs;
        this.artifacts = artifacts;
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Lists the artifacts of a run by job, name and path.")
    public PageView<ArtifactView> list(@PathParam("id") String id) {
        var run = runs.detail(RunsResource.id(id)).run();
        return PageView.whole(
                artifacts.ofRun(run.id()).stream()
                        .map(artifact -> ArtifactView.of(artifacts, artifact))
                        .toList());
    }

    @GET
    @Path("zip")
    @Needs(Permission.VIEW)
    @Doc(
            value = "Gives the artifacts of a run, or those of one name, as a zip.",
            answer = StreamingOutput.class)
    public void zip(
            @Suspended AsyncResponse response,
            @PathParam("id") String id,
            @QueryParam("name") @Nullable String name) {
        var run = runs.detail(RunsResource.id(id)).run();
        var wanted =
                artifacts.ofRun(run.id()).stream()
                        .filter(artifact -> name == null || name.equals(artifact.name()))
                        .toList();
        if (!wanted.isEmpty() && wanted.stream().allMatch(Artifact::expired)) {
            throw new Refused(
                    Refused.Why.GONE,
                    "The artifacts have expired, and their content is deleted; start the run again to make them anew");
        }
        Streaming.answer(
                response,
                () -> {
                    StreamingOutput body = out -> artifacts.writeZip(wanted, out);
                    var file = "%s-%d.zip".formatted(run.project(), run.number());
                    return Response.ok(Streaming.body(body), "application/zip")
                            .header(HttpHeaders.CONTENT_DISPOSITION, Attachment.named(file))
                            .build();
                });
    }
}
