package io.headrace.web.project;

import io.headrace.engine.Refused;
import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Projects;
import io.headrace.engine.secret.SourceLogin;
import io.headrace.engine.secret.SourceLogins;
import io.headrace.web.access.Caller;
import io.headrace.web.access.Needs;
import io.headrace.web.http.Doc;
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

/** The login at a project's repository. Its secret goes in and never comes out. */
@Path("api/v1/projects/{name}/credential")
public final class CredentialResource {

    private static final String NONE = "none";
    private static final String PASSWORD = "password";
    private static final String SSH_KEY = "ssh-key";

    private final Projects projects;
    private final SourceLogins logins;

    public CredentialResource(Projects projects, SourceLogins logins) {
        this.projects = projects;
        this.logins = logins;
    }

    /**
     * What may be known of a login.
     *
     * @param type {@code none}, {@code password} or {@code ssh-key}
     * @param url the address that it was given for; it is sent to no other
     * @param updatedBy name of the account that set it
     */
    public record CredentialView(
            String type,
            @Nullable String user,
            @Nullable String knownHosts,
            @Nullable String url,
            @Nullable Instant updatedAt,
            @Nullable String updatedBy) {

        static CredentialView of(SourceLogin login) {
            return new CredentialView(
                    login.kind() == SourceLogin.Kind.PASSWORD ? PASSWORD : SSH_KEY,
                    login.user(),
                    login.knownHosts(),
                    SafeUrl.of(login.url()),
                    login.updatedAt(),
                    login.updatedBy());
        }
    }

    /**
     * A login. Its text form hides the secret.
     *
     * @param type {@code password} or {@code ssh-key}
     * @param secret the password, token or private key
     * @param knownHosts for {@code ssh-key}: lines as in OpenSSH's {@code known_hosts}
     */
    public record NewCredential(
            @Nullable String type,
            @Nullable String user,
            @Nullable String secret,
            @Nullable String knownHosts) {

        @Override
        public String toString() {
            return "NewCredential[" + type + ", " + user + "]";
        }
    }

    @GET
    @Needs(Permission.CONFIGURE)
    @Doc("Shows what may be known of the login at a project's repository.")
    public CredentialView show(@PathParam("name") String name) {
        return logins.find(projects.get(name))
                .map(CredentialView::of)
                .orElse(new CredentialView(NONE, null, null, null, null, null));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.CONFIGURE)
    @Doc("Sets the login at a project's repository.")
    public CredentialView set(
            @Context SecurityContext caller,
            @PathParam("name") String name,
            @Nullable NewCredential body) {
        var wanted = Query.body(body);
        var given =
                new SourceLogins.Given(
                        kind(Query.field("type", wanted.type())),
                        wanted.user(),
                        Query.field("secret", wanted.secret()),
                        wanted.knownHosts());
        return CredentialView.of(logins.set(projects.get(name), given, Caller.of(caller).name()));
    }

    private static SourceLogin.Kind kind(String type) {
        return switch (type) {
            case PASSWORD -> SourceLogin.Kind.PASSWORD;
            case SSH_KEY -> SourceLogin.Kind.SSH_KEY;
            default ->
                    throw Refused.invalid(
                            "'type' can't be '%s'; use '%s' or '%s', or DELETE for none"
                                    .formatted(type, PASSWORD, SSH_KEY));
        };
    }

    @DELETE
    @Needs(Permission.CONFIGURE)
    @Doc(value = "Removes the login at a project's repository.", status = 204)
    public void remove(@PathParam("name") String name) {
        logins.remove(projects.get(name));
    }
}
