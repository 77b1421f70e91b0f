package io.headrace.web.server;

import io.headrace.engine.health.Part;
import io.headrace.web.access.Public;
import io.headrace.web.http.Doc;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the server lives and works, for those who watch it. */
@Path("health")
public final class HealthResource {

    private final io.headrace.engine.health.Health health;

    public HealthResource(io.headrace.engine.health.Health health) {
        this.health = health;
    }

    /**
     * How the server is.
     *
     * @param status {@code UP}, {@code WARN} or {@code DOWN}: the worst of all parts
     * @param checks the same of each part
     * @param details what is worth knowing of a part, such as what is wrong; left out where there
     *     is nothing
     */
    public record Health(
            Part.State status, Map<String, Part.State> checks, Map<String, String> details) {}

    @GET
    @Path("live")
    @Public("Says only that the server answers")
    @Doc("Says that the server lives.")
    public Health live() {
        return new Health(Part.State.UP, Map.of(), Map.of());
    }

    @GET
    @Path("ready")
    @Public("Says only how the server's parts are, and how many jobs wait")
    @Doc(value = "Says whether the server works: 503 if a part is down.", answer = Health.class)
    public Response ready() {
        var worst = Part.State.UP;
        var checks = new LinkedHashMap<String, Part.State>();
        var details = new LinkedHashMap<String, String>();
        for (var part : health.look().entrySet()) {
            var state = part.getValue().state();
            worst = state.compareTo(worst) > 0 ? state : worst;
            checks.put(part.getKey(), state);
            if (!part.getValue().words().isEmpty()) {
                details.put(part.getKey(), part.getValue().words());
            }
        }
        return Response.status(worst == Part.State.DOWN ? 503 : 200)
                .type(MediaType.APPLICATION_JSON)
                .entity(new Health(worst, checks, details))
                .build();
    }
}
