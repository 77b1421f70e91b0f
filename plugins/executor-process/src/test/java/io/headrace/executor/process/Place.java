package io.headrace.executor.process;

import io.headrace.api.CollectedOutput;
import io.headrace.api.Command;
import io.headrace.api.CommandResult;
import io.headrace.api.Execution;
import io.headrace.api.ExecutionRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** An open execution, for tests. */
record Place(Execution execution, ExecutionRequest request) implements AutoCloseable {

    static Place open(ProcessExecutor executor, Path workspace) throws Exception {
        var request =
                new ExecutionRequest(
                        UUID.randomUUID().toString(),
                        "test-" + UUID.randomUUID(),
                        "test",
                        null,
                        workspace,
                        ExecutionRequest.Limits.DEFAULT,
                        Map.of(),
                        _ -> {});
        return new Place(executor.open(request), request);
    }

    CommandResult run(Command command) throws Exception {
        return execution.run(command, new CollectedOutput());
    }

    /** Returns both streams of a script, one after the other. */
    String output(String script, Map<String, String> environment) throws Exception {
        var output = new CollectedOutput();
        execution.run(Command.shell(script, environment, Duration.ofMinutes(1)), output);
        return output.stdout() + output.stderr();
    }

    String output(String script) throws Exception {
        return output(script, Map.of());
    }

    @Override
    public void close() {
        execution.close();
    }
}
