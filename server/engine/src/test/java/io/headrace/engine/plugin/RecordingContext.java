package io.headrace.engine.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.api.Command;
import io.headrace.api.CommandOutput;
import io.headrace.api.CommandResult;
import io.headrace.api.Execution;
import io.headrace.api.StepAction.StepContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A step's surroundings, with real commands and no isolation, that remembers what was said. */
class RecordingContext implements StepContext {

    private final Map<String, String> inputs;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    RecordingContext(Map<String, String> inputs) {
        this.inputs = inputs;
    }

    List<String> lines() {
        return lines;
    }

    String printed() {
        return output.toString(UTF_8);
    }

    @Override
    public Map<String, String> inputs() {
        return inputs;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public Execution execution() {
        return new LocalExecution();
    }

    @Override
    public CommandOutput output() {
        return new CommandOutput() {
            @Override
            public void stdout(byte[] bytes, int offset, int length) {
                output.write(bytes, offset, length);
            }

            @Override
            public void stderr(byte[] bytes, int offset, int length) {
                output.write(bytes, offset, length);
            }
        };
    }

    @Override
    public void log(String line) {
        lines.add(line);
    }

    private static final class LocalExecution implements Execution {

        @Override
        public String workspace() {
            return System.getProperty("java.io.tmpdir");
        }

        @Override
        public boolean sharesWorkspace() {
            return true;
        }

        @Override
        public void put(String directory, InputStream tar) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CommandResult run(Command command, CommandOutput output)
                throws InterruptedException {
            try {
                var builder = new ProcessBuilder(command.arguments()).redirectErrorStream(true);
                builder.environment().putAll(command.environment());
                var process = builder.start();
                var bytes = process.getInputStream().readAllBytes();
                output.stdout(bytes, 0, bytes.length);
                return CommandResult.exited(process.waitFor());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<Integer> get(List<String> globs, OutputStream tar) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stop() {}

        @Override
        public void close() {}
    }
}
