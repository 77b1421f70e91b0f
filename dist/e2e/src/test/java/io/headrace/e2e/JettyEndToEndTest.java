package io.headrace.e2e;

import java.io.IOException;
import java.nio.file.Path;

/** The WAR in a stock Jetty. */
class JettyEndToEndTest extends EndToEndContract {

    @Override
    ServerProcess start(Path directory, Path home) throws IOException {
        return ServletContainers.jetty(directory, home);
    }
}
