package io.headrace.web.http;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/** Answers that say where something is. */
public final class Created {

    private Created() {}

    /** Answers 201 with the address of what was made. */
    public static Response at(UriInfo uri, String path, Object view) {
        return Response.status(201).location(address(uri, path)).entity(view).build();
    }

    /**
     * Returns the address of something below {@code /api/v1}, without a host: the server does not
     * always know by which name it is called.
     */
    public static URI address(UriInfo uri, String path) {
        return UriBuilder.fromPath(uri.getBaseUri().getPath()).path("api/v1/").path(path).build();
    }
}
