package io.headrace.executor.process;

import io.headrace.api.PluginContext;
import java.nio.file.Path;
import java.util.Map;

/** Executors as the server would configure them. */
final class Configured {

    private Configured() {}

    static ProcessExecutor executor(String controlGroups) {
        var executor = new ProcessExecutor();
        var given = Map.of("control-groups", controlGroups);
        executor.configure(new PluginContext(Path.of("/"), executor.settings().check(given)));
        return executor;
    }
}
