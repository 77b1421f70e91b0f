package io.headrace.executor.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.headrace.api.CollectedOutput;
import io.headrace.api.Command;
import io.headrace.api.Execution;
import io.headrace.api.ExecutionRequest;
import io.headrace.api.ExecutionRequest.Limits;
import io.headrace.api.PluginContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * An installation of its own on an engine, with what its tests need to look at it.
 *
 * @param directory for workspaces
 */
record TestBed(DockerEngine engine, String installation, Path directory) {

    static TestBed on(DockerEngine engine, Path directory) {
        return new TestBed(engine, "test-" + UUID.randomUUID(), directory);
    }

    DockerExecutor executor(Map<String, String> settings) {
        var executor = new DockerExecutor();
        var all = new HashMap<>(settings);
        all.putIfAbsent("host", engine.host());
        executor.configure(new PluginContext(directory, executor.settings().check(all)));
        return executor;
    }

    ExecutionRequest request(String image, Limits limits) {
        return request(image, limits, _ -> {});
    }

    ExecutionRequest request(String image, Limits limits, Consumer<String> progress) {
        return new ExecutionRequest(
                UUID.randomUUID().toString(),
                installation,
                "test",
                image,
                directory,
                limits,
                Map.of("io.headrace.run", "42"),
                progress);
    }

    ExecutionRequest request() {
        return request(DockerEngine.BUSYBOX, Limits.DEFAULT);
    }

    static Command shell(String script) {
        return Command.shell(script, Map.of(), Duration.ofSeconds(60));
    }

    /** Runs a script and returns what it said, on either stream. */
    static String said(Execution execution, String script) throws Exception {
        var output = new CollectedOutput();
        execution.run(shell(script), output);
        return output.stdout() + output.stderr();
    }

    /** Returns the containers of this installation, running or not, as the engine lists them. */
    JsonNode containers() throws IOException {
        var filter = "{\"label\":[\"io.headrace.installation=" + installation + "\"]}";
        return engine.engine().get("/containers/json?all=1&filters=" + Engine.quoted(filter));
    }

    /** Returns all that the engine tells about the container of {@code request}. */
    JsonNode inspect(ExecutionRequest request) throws IOException {
        return engine.engine().get("/containers/headrace-" + request.id() + "/json");
    }
}
