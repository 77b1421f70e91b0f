package io.headrace.e2e;

import java.io.IOException;
import java.nio.file.Path;

/** The WAR as its own server, started with a recorded cache, all classes on one class path. */
class FlatEndToEndTest extends EndToEndContract {

    @Override
    ServerProcess start(Path directory, Path home) throws IOException {
        try {
            ServerProcess.prepare(home);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return ServerProcess.selfStarted(home, "-Dheadrace.fast-start=on");
    }
}
