package io.headrace.web.access;

import io.headrace.engine.access.FirstAdministrator;
import io.headrace.web.http.Doc;
import io.headrace.web.http.Query;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The first administrator. */
@Path("api/v1/setup")
public final class SetupResource {

    private final FirstAdministrator first;

    public SetupResource(FirstAdministrator first) {
        this.first = first;
    }

    /**
     * Who the first administrator is to be.
     *
     * @param key from the link that the server printed
     */
    public record Setup(@Nullable String key, @Nullable String name, @Nullable String password) {

        @Override
        public String toString() {
            return "Setup[" + name + "]";
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Public("Only who can read the server's terminal knows the key, which works once")
    @Doc("Names the first administrator and gives them a password.")
    public AccountView setup(@Context HttpServletRequest request, @Nullable Setup body)
            throws IOException {
        var setup = Query.body(body);
        return AccountView.of(
                first.complete(
                        Query.field("key", setup.key()),
                        Query.field("name", setup.name()),
                        Query.field("password", setup.password()),
                        request.getRemoteAddr()));
    }
}
