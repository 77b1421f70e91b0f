package io.headrace.api;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an executor needs to know to open a place for an attempt.
 *
 * @param id identifies the attempt, unique in all installations; letters, digits and {@code -}
 * @param installation identifies the server's installation; letters, digits and {@code -}
 * @param name the job's name, for people
 * @param image the image to run in, or null where the pipeline names none
 * @param workspace an existing directory of this attempt alone, on the server's machine. An
 *     executor that can use it in place does so; see {@link Execution#sharesWorkspace()}
 * @param limits bounds on what the attempt may use
 * @param labels further key-value pairs to mark the place with, such as the run's id
 * @param progress takes a line for the job's log each time that opening has come further, such as
 *     {@code Pulled 120 of 310 MB}; an executor that may take long tells something every few
 *     seconds. From any thread, until the place is open
 */
public record ExecutionRequest(
        String id,
        String installation,
        String name,
        @Nullable String image,
        Path workspace,
        Limits limits,
        Map<String, String> labels,
        Consumer<String> progress) {

    public ExecutionRequest {
        labels = Map.copyOf(labels);
    }

    /**
     * Bounds on what an attempt may use. An executor that can't enforce one ignores it.
     *
     * @param cpus number of cores, above 0
     * @param memoryBytes bytes of memory, above 0
     * @param processes number of processes and threads, above 0
     * @param network whether the attempt may reach any network
     */
    public record Limits(double cpus, long memoryBytes, long processes, boolean network) {

        /** One core, 512 MiB, 1024 processes, with network (requirements EXEC-024). */
        public static final Limits DEFAULT = new Limits(1.0, 512L << 20, 1024, true);
    }
}
