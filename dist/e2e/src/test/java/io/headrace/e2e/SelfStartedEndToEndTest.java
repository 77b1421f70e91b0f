package io.headrace.e2e;

import java.io.IOException;
import java.nio.file.Path;

/** The WAR as its own server: {@code java -jar headrace.war}. */
class SelfStartedEndToEndTest extends EndToEndContract {

    @Override
    ServerProcess start(Path directory, Path home) throws IOException {
        return ServerProcess.selfStarted(home);
    }
}
