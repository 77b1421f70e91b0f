package io.headrace.web.access;

import io.headrace.engine.access.Accounts;
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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Who can log in. */
@Path("api/v1/accounts")
public final class AccountsResource {

    private final Accounts accounts;
    private final Tokens tokens;

    public AccountsResource(Accounts accounts, Tokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    @GET
    @Needs(Permission.ADMINISTER)
    @Doc("Lists all accounts by name.")
    public PageView<AccountView> list() {
        return PageView.whole(accounts.list().stream().map(AccountView::of).toList());
    }

    /**
     * An account to be made.
     *
     * @param password null makes one that can be used with tokens only
     */
    public record NewAccount(
            @Nullable String name, @Nullable String password, @Nullable Role role) {

        @Override
        public String toString() {
            return "NewAccount[" + name + "]";
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.ADMINISTER)
    @Doc(value = "Adds an account.", status = 201, answer = AccountView.class)
    public Response create(@Context UriInfo uri, @Nullable NewAccount body) {
        var wanted = Query.body(body);
        var account =
                accounts.create(
                        Query.field("name", wanted.name()),
                        wanted.password(),
                        Query.field("role", wanted.role()));
        return Created.at(uri, "accounts/" + account.name(), AccountView.of(account));
    }

    @GET
    @Path("{name}")
    @Needs(Permission.ADMINISTER)
    @Doc("Shows an account.")
    public AccountView show(@PathParam("name") String name) {
        return AccountView.of(accounts.get(name));
    }

    /** What is to be changed; null leaves it as it is. */
    public record Change(@Nullable Role role, @Nullable Boolean enabled) {}

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.ADMINISTER)
    @Doc("Changes an account's role, or locks it, which ends its sessions.")
    public AccountView change(@PathParam("name") String name, @Nullable Change body) {
        var change = Query.body(body);
        var account = accounts.get(name);
        if (change.role() != null) {
            account = accounts.changeRole(name, change.role());
        }
        if (change.enabled() != null) {
            account = accounts.setEnabled(name, change.enabled());
        }
        return AccountView.of(account);
    }

    /** A password. */
    public record Password(@Nullable String password) {

        @Override
        public String toString() {
            return "Password[]";
        }
    }

    @PUT
    @Path("{name}/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Permission.ADMINISTER)
    @Doc(value = "Gives an account a new password and ends its sessions.", status = 204)
    public void changePassword(@PathParam("name") String name, @Nullable Password body) {
        accounts.changePassword(name, Query.field("password", Query.body(body).password()));
    }

    @DELETE
    @Path("{name}")
    @Needs(Permission.ADMINISTER)
    @Doc(value = "Deletes an account with its tokens.", status = 204)
    public void delete(@PathParam("name") String name) {
        accounts.delete(name);
    }

    @GET
    @Path("{name}/tokens")
    @Needs(Permission.ADMINISTER)
    @Doc("Lists the tokens of an account, newest first.")
    public PageView<TokenView> tokens(@PathParam("name") String name) {
        return PageView.whole(tokens.list(accounts.get(name)).stream().map(TokenView::of).toList());
    }

    @DELETE
    @Path("{name}/tokens/{id}")
    @Needs(Permission.ADMINISTER)
    @Doc(value = "Revokes a token of an account.", status = 204)
    public void revoke(@PathParam("name") String name, @PathParam("id") String id) {
        tokens.revoke(accounts.get(name), Query.id("token", id, TokenId::parse));
    }
}
