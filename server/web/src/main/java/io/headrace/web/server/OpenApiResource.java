package io.headrace.web.server;

import io.headrace.engine.access.Permission;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Collection;
import java.util.Map;

/** The description of all routes. */
@Path("api/v1/openapi.json")
public final class OpenApiResource {

    private final Map<String, Object> description;

    /**
     * @param resources all others
     */
    public OpenApiResource(Collection<Object> resources) {
        var all = new java.util.ArrayList<Class<?>>();
        resources.forEach(resource -> all.add(resource.getClass()));
        all.add(OpenApiResource.class);
        this.description = new OpenApi(Route.ofClasses(all)).describe();
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Describes this API as OpenAPI 3.1.")
    public Map<String, Object> show() {
        return description;
    }
}
