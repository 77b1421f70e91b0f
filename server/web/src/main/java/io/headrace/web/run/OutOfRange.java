package io.headrace.web.run;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;

/** A part was asked for that lies beyond the end. */
final class OutOfRange extends ClientErrorException {

    private static final long serialVersionUID = 1L;

    OutOfRange(long size) {
        super(
                "The content has %d bytes; ask for a part of those".formatted(size),
                Response.status(416).header("Content-Range", "bytes */" + size).build());
    }
}
