package io.headrace.ui;

import io.headrace.engine.Headrace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.jspecify.annotations.Nullable;

/** Gives the parts of the running server to whoever injects them. */
@ApplicationScoped
public class ServerBeans {

    private volatile @Nullable Headrace headrace;

    void use(Headrace started) {
        headrace = started;
    }

    /**
     * Returns the server.
     *
     * @throws IllegalStateException before it has started
     */
    @Produces
    public Headrace headrace() {
        var server = headrace;
        if (server == null) {
            throw new IllegalStateException("The server has not started");
        }
        return server;
    }
}
