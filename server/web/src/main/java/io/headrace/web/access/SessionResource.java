package io.headrace.web.access;

import io.headrace.engine.access.Permission;
import io.headrace.engine.access.Principal;
import io.headrace.web.http.Doc;
import io.headrace.web.http.Query;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Logging in and out with a browser. */
@Path("api/v1/session")
public final class SessionResource {

    private final WebSessions sessions;

    public SessionResource(WebSessions sessions) {
        this.sessions = sessions;
    }

    /** A name and a password. */
    public record Login(@Nullable String name, @Nullable String password) {

        @Override
        public String toString() {
            return "Login[" + name + "]";
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Public("One has to log in somehow; guesses are slowed down")
    @Doc("Logs in with name and password, and begins a session.")
    public MeView login(@Context HttpServletRequest request, @Nullable Login body) {
        var login = Query.body(body);
        var principal =
                sessions.login(
                        request,
                        Query.field("name", login.name()),
                        Query.field("password", login.password()));
        return principal
                .map(found -> view(request, found))
                .orElseThrow(() ->
                        new NotAuthorizedException(
                                "The name or the password is wrong; try again",
                                "Bearer realm=\"headrace\""));
    }

    private MeView view(HttpServletRequest request, Principal principal) {
        return MeView.of(principal, sessions.csrf(request).orElse(null));
    }

    @DELETE
    @Needs(Permission.VIEW)
    @Doc(value = "Ends the session.", status = 204)
    public void logout(@Context HttpServletRequest request) {
        sessions.logout(request);
    }
}
