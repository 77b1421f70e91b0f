package io.headrace.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step that a pipeline calls by name instead of giving a script:
 *
 * <pre>{@code
 * steps:
 *   - uses: greet
 *     with:
 *       name: World
 * }</pre>
 *
 * <p><b>Threads.</b> {@link #run} is called concurrently for different steps, each call on its own
 * virtual thread, so it may block. Cancellation and time limit both arrive as an interrupt.
 *
 * <p><b>Failure is not error.</b> Return a non-zero code where the author has something to fix;
 * throw where the operator has.
 *
 * @since 0.1
 */
public interface StepAction extends Configurable {

    /** Returns the name used in {@code uses}: lower-case letters, digits, dashes. Never changes. */
    String name();

    /** Returns what {@code with} may hold. Never changes. */
    List<Input> inputs();

    /**
     * Runs the step to its end and releases everything it used, whatever the outcome.
     *
     * @return the exit code, 0 meaning success
     * @throws ExecutionException if the step could not be run
     * @throws InterruptedException if interrupted; no process may outlive this call
     */
    int run(StepContext context) throws ExecutionException, InterruptedException;

    /**
     * One key of {@code with}.
     *
     * @param defaultValue used where the step gives none; null means none
     */
    record Input(String name, boolean required, @Nullable String defaultValue, String help) {}

    /** What a step can see and use, valid until {@link #run} returns. */
    interface StepContext {

        /** Returns the inputs, checked, defaults filled in. */
        Map<String, String> inputs();

        /** Returns the step's environment variables. May hold secrets. */
        Map<String, String> environment();

        /** Returns the job's place, for commands and files. The server closes it. */
        Execution execution();

        /**
         * Returns the sink for output of commands; it ends up in the step's log, secrets masked.
         */
        CommandOutput output();

        /** Writes one line to the step's log. */
        void log(String line);
    }
}
