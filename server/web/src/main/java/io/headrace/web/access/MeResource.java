package io.headrace.web.access;

import io.headrace.engine.access.Accounts;
import io.headrace.engine.access.Permission;
import io.headrace.engine.access.Principal;
import io.headrace.web.http.Doc;
import io.headrace.web.http.Query;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** The caller's own account. */
@Path("api/v1/me")
public final class MeResource {

    private final Accounts accounts;
    private final WebSessions sessions;

    public MeResource(Accounts accounts, WebSessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Says who calls and what they may do.")
    public MeView show(@Context HttpServletRequest request, @Context SecurityContext caller) {
        var principal = Caller.of(caller);
        var csrf =
                principal.kind() == Principal.Kind.SESSION
                        ? sessions.csrf(request).orElse(null)
                        : null;
        return MeView.of(principal, csrf);
    }

    /** A new password, and the old one as a proof. */
    public record NewPassword(@Nullable String oldPassword, @Nullable String password) {

        @Override
        public String toString() {
            return "NewPassword[]";
        }
    }

    @PUT
    @Path("password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.VIEW)
    @Doc(value = "Changes the caller's password and ends all of their sessions.", status = 204)
    public void changePassword(
            @Context HttpServletRequest request,
            @Context SecurityContext caller,
            @Nullable NewPassword body) {
        var change = Query.body(body);
        var principal = Caller.of(caller);
        var changed =
                accounts.changePassword(
                        principal.account(),
                        Query.field("oldPassword", change.oldPassword()),
                        Query.field("password", change.password()),
                        request.getRemoteAddr());
        if (principal.kind() == Principal.Kind.SESSION) {
            sessions.begin(request, changed);
        }
    }
}
