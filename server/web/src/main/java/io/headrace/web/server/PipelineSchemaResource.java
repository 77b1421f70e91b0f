package io.headrace.web.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headrace.language.schema.JsonSchema;
import io.headrace.web.access.Public;
import io.headrace.web.http.Doc;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;

/** The JSON Schema of pipeline files, for editors, which have no login. */
@Path("schema/pipeline.json")
public final class PipelineSchemaResource {

    private static final String TYPE = "application/schema+json";

    private final byte[] schema;
    private final EntityTag tag;

    public PipelineSchemaResource() {
        try {
            this.schema =
                    new ObjectMapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsBytes(JsonSchema.generate());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        this.tag = new EntityTag(Integer.toHexString(Arrays.hashCode(schema)));
    }

    @GET
    @Produces({TYPE, "application/json"})
    @Public("Says what any pipeline file may say, and nothing of this server")
    @Doc("Describes pipeline files as a JSON Schema, draft 2020-12.")
    public Response show(@Context Request request) {
        var unchanged = request.evaluatePreconditions(tag);
        var answer = unchanged == null ? Response.ok(schema).tag(tag) : unchanged;
        return answer.header("Cache-Control", "public, max-age=3600")
                .header("Access-Control-Allow-Origin", "*")
                .build();
    }

    @OPTIONS
    @Public("Tells browsers that any page may read the schema")
    @Doc("Answers browsers that ask whether an editor on another site may read the schema.")
    public Response options() {
        return Response.noContent()
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
                .build();
    }
}
