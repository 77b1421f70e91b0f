package io.headrace.e2e;

import java.io.IOException;
import java.nio.file.Path;

/** The WAR in a stock Tomcat. */
class TomcatEndToEndTest extends EndToEndContract {

    @Override
    ServerProcess start(Path directory, Path home) throws IOException {
        return ServletContainers.tomcat(directory, home);
    }
}
