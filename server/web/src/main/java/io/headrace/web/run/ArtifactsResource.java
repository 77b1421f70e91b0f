package io.headrace.web.run;

import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.artifact.Artifact;
import io.headrace.engine.artifact.ArtifactId;
import io.headrace.engine.artifact.Artifacts;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.Query;
import io.headrace.web.http.Streaming;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Artifacts. */
@Path("api/v1/artifacts/{id}")
public final class ArtifactsResource {

    private final Artifacts artifacts;

    public ArtifactsResource(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Shows an artifact.")
    public ArtifactView show(@PathParam("id") String id) {
        return ArtifactView.of(artifacts, existing(id));
    }

    @HEAD
    @Path("content")
    @Needs(Permission.VIEW)
    @Doc("Says what the content is, without sending it.")
    public Response head(@PathParam("id") String id) {
        var artifact = artifacts.available(existing(id));
        return described(Response.ok(), artifact)
                .header(HttpHeaders.CONTENT_LENGTH, artifact.size())
                .build();
    }

    @GET
    @Path("content")
    @Needs(Permission.VIEW)
    @Doc(value = "Gives the content, or with 'Range' a part of it.", answer = StreamingOutput.class)
    public void content(
            @Suspended AsyncResponse response,
            @Context Request request,
            @PathParam("id") String id,
            @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange) {
        var artifact = artifacts.available(existing(id));
        var tag = new EntityTag(artifact.sha256());
        var unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            response.resume(unchanged.tag(tag).build());
            return;
        }
        var same = ifRange == null || ifRange.equals('"' + artifact.sha256() + '"');
        var part = ByteRange.of(same ? range : null, artifact.size());
        if (part.isPresent() && part.get().length() == 0) {
            throw new OutOfRange(artifact.size());
        }
        var wanted = part.orElse(new ByteRange(0, artifact.size()));
        Streaming.answer(
                response,
                () -> {
                    // Opened before the answer begins, so that what is missing is still a problem.
                    var in = artifacts.open(artifact, wanted.offset(), wanted.length());
                    StreamingOutput body =
                            out -> {
                                try (in) {
                                    in.transferTo(out);
                                }
                            };
                    var answer =
                            Response.status(part.isPresent() ? 206 : 200)
                                    .entity(Streaming.body(body));
                    part.ifPresent(range1 ->
                            answer.header("Content-Range", range1.header(artifact.size())));
                    return described(answer, artifact)
                            .header(HttpHeaders.CONTENT_LENGTH, wanted.length())
                            .build();
                });
    }

    private static Response.ResponseBuilder described(
            Response.ResponseBuilder answer, Artifact artifact) {
        var digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(artifact.sha256()));
        return answer.type(artifact.contentType())
                .tag(new EntityTag(artifact.sha256()))
                .header("Accept-Ranges", "bytes")
                .header("Digest", "sha-256=" + digest)
                .header("Repr-Digest", "sha-256=:" + digest + ":")
                .header("Cache-Control", "private, no-cache")
                .header(HttpHeaders.CONTENT_DISPOSITION, Attachment.named(artifact.path()));
    }

    private Artifact existing(String id) {
        return artifacts
                .find(Query.id("artifact", id, ArtifactId::parse))
                .orElseThrow(() -> Refused.notFound("There is no artifact '%s'".formatted(id)));
    }
}
