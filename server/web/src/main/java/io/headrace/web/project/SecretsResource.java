package io.headrace.web.project;

import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Projects;
import io.headrace.engine.secret.Secret;
import io.headrace.engine.secret.Secrets;
import io.headrace.web.access.Caller;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
import io.headrace.web.http.PageView;
import io.headrace.web.http.Query;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Secrets of a project, for its jobs. Values go in and never come out. */
@Path("api/v1/projects/{name}/secrets")
public final class SecretsResource {

    private final Projects projects;
    private final Secrets secrets;

    public SecretsResource(Projects projects, Secrets secrets) {
        this.projects = projects;
        this.secrets = secrets;
    }

    /**
     * What may be known of a secret.
     *
     * @param updatedBy name of the account that set its value
     */
    public record SecretView(String name, Instant updatedAt, String updatedBy) {

        static SecretView of(Secret secret) {
            return new SecretView(secret.name(), secret.updatedAt(), secret.updatedBy());
        }
    }

    /** A secret's value. Its text form hides it. */
    public record NewSecret(@Nullable String value) {

        @Override
        public String toString() {
            return "NewSecret";
        }
    }

    @GET
    @Needs(Permission.CONFIGURE)
    @Doc("Lists the names of a project's secrets.")
    public PageView<SecretView> list(@PathParam("name") String name) {
        return PageView.whole(
                secrets.list(projects.get(name)).stream().map(SecretView::of).toList());
    }

    @PUT
    @Path("{secret}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.CONFIGURE)
    @Doc("Adds a secret, or replaces its value.")
    public SecretView put(
            @Context SecurityContext caller,
            @PathParam("name") String name,
            @PathParam("secret") String secret,
            @Nullable NewSecret body) {
        var value = Query.field("value", Query.body(body).value());
        var by = Caller.of(caller).name();
        return SecretView.of(secrets.put(projects.get(name), secret, value, by));
    }

    @DELETE
    @Path("{secret}")
    @Needs(Permission.CONFIGURE)
    @Doc(value = "Removes a secret.", status = 204)
    public void remove(@PathParam("name") String name, @PathParam("secret") String secret) {
        secrets.remove(projects.get(name), secret);
    }
}
