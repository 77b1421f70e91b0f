package io.headrace.web.access;

import io.headrace.engine.access.Permission;
import io.headrace.engine.access.Role;
import io.headrace.engine.access.TokenId;
import io.headrace.engine.access.Tokens;
import io.headrace.web.http.Created;
import io.headrace.web.http.Doc;
import io.headrace.web.http.PageView;
import io.headrace.web.http.Query;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The caller's own API tokens. */
@Path("api/v1/tokens")
public final class TokensResource {

    private final Tokens tokens;

    public TokensResource(Tokens tokens) {
        this.tokens = tokens;
    }

    @GET
    @Needs(Permission.VIEW)
    @Doc("Lists the caller's tokens, newest first.")
    public PageView<TokenView> list(@Context SecurityContext caller) {
        return PageView.whole(
                tokens.list(Caller.of(caller).account()).stream().map(TokenView::of).toList());
    }

    /**
     * A token to be made.
     *
     * @param role what it may do at most; null means all that the caller may
     * @param expiresAt null means never
     */
    public record NewToken(
            @Nullable String name, @Nullable Role role, @Nullable Instant expiresAt) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.VIEW)
    @Doc(
            value = "Makes a token; the answer shows it, and nothing ever again.",
            status = 201,
            answer = TokenView.class)
    public Response create(
            @Context UriInfo uri, @Context SecurityContext caller, @Nullable NewToken body) {
        var wanted = Query.body(body);
        var created =
                tokens.create(
                        Caller.of(caller),
                        Query.field("name", wanted.name()),
                        wanted.role(),
                        wanted.expiresAt());
        return Created.at(uri, "tokens/" + created.token().id(), TokenView.of(created));
    }

    @DELETE
    @Path("{id}")
    @Needs(Permission.VIEW)
    @Doc(value = "Revokes one of the caller's tokens.", status = 204)
    public void revoke(@Context SecurityContext caller, @PathParam("id") String id) {
        tokens.revoke(Caller.of(caller).account(), Query.id("token", id, TokenId::parse));
    }
}
