package io.headrace.executor.docker;

import io.headrace.api.Executor;
import io.headrace.api.ExecutorContract;
import io.headrace.api.PluginContext;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DockerExecutorContractTest extends ExecutorContract {

    @RegisterExtension static final DockerEngine engine = new DockerEngine();

    private @TempDir Path data;

    @Override
    protected Executor executor() {
        var executor = new DockerExecutor();
        executor.configure(new PluginContext(data, executor.settings().check(values())));
        return executor;
    }

    @Override
    protected String image() {
        return DockerEngine.BUSYBOX;
    }

    /** Returns the settings to test with. */
    Map<String, String> values() {
        return Map.of("host", engine.host());
    }
}
