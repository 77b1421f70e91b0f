package io.headrace.web.server;

import io.headrace.engine.StoreException;
import io.headrace.web.access.Public;
import io.headrace.web.http.Doc;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the server lives and works, for those who watch it. */
@Path("health")
public final class HealthResource {

    private static final Logger LOG = LoggerFactory.getLogger(HealthResource.class);

    private final Runnable ping;

    /**
     * @param ping asks the database for a sign of life, or throws {@link StoreException}
     */
    public HealthResource(Runnable ping) {
        this.ping = ping;
    }

    /**
     * How the server is.
     *
     * @param status {@code UP} or {@code DOWN}
     * @param checks the same of each part
     */
    public record Health(String status, Map<String, String> checks) {}

    @GET
    @Path("live")
    @Public("Says only that the server answers")
    @Doc("Says that the server lives.")
    public Health live() {
        return new Health("UP", Map.of());
    }

    @GET
    @Path("ready")
    @Public("Says only whether the server works")
    @Doc(value = "Says whether the server works: 503 if not.", answer = Health.class)
    public Response ready() {
        var database = database();
        var up = database.equals("UP");
        return Response.status(up ? 200 : 503)
                .type(MediaType.APPLICATION_JSON)
                .entity(new Health(database, Map.of("database", database)))
                .build();
    }

    private String database() {
        try {
            ping.run();
            return "UP";
        } catch (StoreException e) {
            LOG.warn("Not ready: the database gives no sign of life", e);
            return "DOWN";
        }
    }
}
