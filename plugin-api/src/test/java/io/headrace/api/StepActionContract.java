package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.headrace.api.StepAction.Input;
import io.headrace.api.StepAction.StepContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link StepAction} promises. Extend it, say how to build yours, and run.
 *
 * <p>The action's commands run in an execution that the test watches: by default each succeeds and
 * prints nothing. Override {@link #answer} where the action needs more of its commands.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class StepActionContract {

    private static final int STEPS_AT_ONCE = 8;

    private @TempDir Path data;

    /** Returns the action, new, not configured. Called once for each test. */
    protected abstract StepAction action() throws Exception;

    /** Returns values for its settings; those that are not named get their defaults. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    /** Returns inputs with which the action succeeds. */
    protected abstract Map<String, String> inputs();

    /** Returns how {@code command} ends, after printing to {@code output} if it should. */
    protected CommandResult answer(Command command, CommandOutput output) {
        return CommandResult.exited(0);
    }

    /** Returns whether the action runs commands at all. */
    protected boolean runsCommands() {
        return true;
    }

    private StepAction configured() throws Exception {
        var action = action();
        action.configure(new PluginContext(data, action.settings().check(settings())));
        return action;
    }

    private Map<String, String> complete(StepAction action) {
        var values = new HashMap<String, String>();
        for (var input : action.inputs()) {
            if (input.defaultValue() != null) {
                values.put(input.name(), input.defaultValue());
            }
        }
        values.putAll(inputs());
        return values;
    }

    @BeforeEach
    void emptyData() throws IOException {
        try (var files = Files.list(data)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void itsNameCanBeWrittenInAPipeline() throws Exception {
        var action = action();

        assertThat(action.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(action.name()).isEqualTo(action().name());
    }

    @Test
    void itsInputsAreDescribedAndDistinct() throws Exception {
        var inputs = action().inputs();

        assertThat(inputs).extracting(Input::name).doesNotHaveDuplicates();
        assertThat(inputs)
                .allSatisfy(input -> {
                    assertThat(input.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
                    assertThat(input.help()).isNotBlank();
                    assertThat(input.required() && input.defaultValue() != null)
                            .as("'%s' is required, so it needs no default", input.name())
                            .isFalse();
                });
        assertThat(inputs).extracting(Input::name).containsAll(inputs().keySet());
    }

    @Test
    void itsSettingsAreRightByTheirOwnSchema() throws Exception {
        var schema = action().settings();

        assertThat(schema.settings())
                .extracting(Setting::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*"));
        assertThat(schema.settings()).allSatisfy(one -> assertThat(one.help()).isNotBlank());
        assertThat(schema.check(settings())).isNotNull();
    }

    @Test
    void successIsZero() throws Exception {
        var action = configured();

        assertThat(action.run(new Context(complete(action)))).isZero();
    }

    @Test
    void itLeavesTheExecutionToTheServer() throws Exception {
        var action = configured();
        var context = new Context(complete(action));

        action.run(context);

        assertThat(context.closed.get())
                .as("the server closes the execution, not the action")
                .isFalse();
    }

    @Test
    void aFailedCommandIsAnExitCodeAndNotAnException() throws Exception {
        if (!runsCommands()) {
            return;
        }
        var action = configured();
        var context = new Context(complete(action));
        context.failing = true;

        assertThat(action.run(context)).isNotZero();
    }

    @Test
    void anInterruptEndsItAsOne() throws Exception {
        if (!runsCommands()) {
            return;
        }
        var action = configured();
        var context = new Context(complete(action));
        context.interrupting = true;

        try {
            action.run(context);
            fail("run returned although its command was interrupted");
        } catch (InterruptedException e) {
            assertThat(context.closed.get()).isFalse();
        }
    }

    @Test
    void stepsRunAtTheSameTime() throws Exception {
        var action = configured();
        var steps = new ArrayList<FutureTask<Integer>>();

        for (var step = 0; step < STEPS_AT_ONCE; step++) {
            var task = new FutureTask<>(() -> action.run(new Context(complete(action))));
            Thread.ofVirtual().start(task);
            steps.add(task);
        }

        for (var step : steps) {
            assertThat(step.get(1, TimeUnit.MINUTES)).isZero();
        }
    }

    @Test
    void itCanBeConfiguredAgain() throws Exception {
        var action = configured();

        action.configure(new PluginContext(data, action.settings().check(settings())));

        assertThat(action.run(new Context(complete(action)))).isZero();
    }

    @Test
    void secretsOfTheEnvironmentStayOutOfArgumentsAndLog() throws Exception {
        var action = configured();
        var context = new Context(complete(action));

        action.run(context);

        assertThat(context.said).noneMatch(text -> text.contains(Context.CANARY));
    }

    private final class Context implements StepContext {

        static final String CANARY = "s3cret-canary";

        private final Map<String, String> inputs;
        private final List<String> said = new CopyOnWriteArrayList<>();
        private final AtomicBoolean closed = new AtomicBoolean();
        private boolean failing;
        private boolean interrupting;

        Context(Map<String, String> inputs) {
            this.inputs = Map.copyOf(inputs);
        }

        @Override
        public Map<String, String> inputs() {
            return inputs;
        }

        @Override
        public Map<String, String> environment() {
            return Map.of("TOKEN", CANARY);
        }

        @Override
        public Execution execution() {
            return new WatchedExecution(this);
        }

        @Override
        public CommandOutput output() {
            return new CollectedOutput();
        }

        @Override
        public void log(String line) {
            said.add(line);
        }
    }

    private final class WatchedExecution implements Execution {

        private final Context context;

        WatchedExecution(Context context) {
            this.context = context;
        }

        @Override
        public String workspace() {
            return "/workspace";
        }

        @Override
        public boolean sharesWorkspace() {
            return false;
        }

        @Override
        public void put(String directory, InputStream tar) throws IOException {
            tar.transferTo(OutputStream.nullOutputStream());
        }

        @Override
        public CommandResult run(Command command, @Nullable CommandOutput output)
                throws InterruptedException {
            assertThat(output).as("where the command's output goes").isNotNull();
            context.said.addAll(command.arguments());
            if (context.interrupting) {
                throw new InterruptedException();
            }
            return context.failing ? CommandResult.exited(3) : answer(command, output);
        }

        @Override
        public List<Integer> get(List<String> globs, OutputStream tar) {
            return globs.stream().map(_ -> 0).toList();
        }

        @Override
        public void stop() {}

        @Override
        public void close() {
            context.closed.set(true);
        }
    }
}
