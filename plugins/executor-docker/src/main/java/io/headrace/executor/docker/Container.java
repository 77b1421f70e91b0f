package io.headrace.executor.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.headrace.api.CommandOutput;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import io.headrace.api.ExecutionRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container that exists, and what is done to it.
 *
 * @param name for people; the engine knows it by {@code id}
 * @param user whom commands run as
 * @param memoryBytes the most that all processes together may use
 */
record Container(Engine engine, String id, String name, StepUser user, long memoryBytes) {

    /** Labels of a container: the server it belongs to, the attempt, and the job's name. */
    static final String INSTALLATION = "io.headrace.installation";

    static final String EXECUTION = "io.headrace.execution";
    static final String JOB = "io.headrace.job";

    /** How long something that takes milliseconds may take on a machine out of breath. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(5);

    private static final Logger log = LoggerFactory.getLogger(Container.class);

    /**
     * @param workspace the directory to mount, or null for a volume of the container's own
     */
    static Container create(
            Engine engine,
            DockerSettings settings,
            ExecutionRequest request,
            String image,
            @Nullable Path workspace)
            throws ExecutionException {
        var labels = new HashMap<>(request.labels());
        labels.put(INSTALLATION, request.installation());
        labels.put(EXECUTION, request.id());
        labels.put(JOB, request.name());
        var name = "headrace-" + request.id();
        var description =
                Map.of(
                        "Image", image,
                        "Labels", labels,
                        "User", Hardening.keeper(settings.user()).toString(),
                        "Entrypoint", StepShell.keeper(),
                        "WorkingDir", "/",
                        "Healthcheck", Map.of("Test", List.of("NONE")),
                        "HostConfig", Hardening.of(settings, request.limits(), workspace));
        var doing = "create a container of the image '" + image + "'";
        var id =
                engine.call(
                        doing,
                        () ->
                                engine.post(
                                                "/containers/create?name=" + Engine.quoted(name),
                                                description)
                                        .path("Id")
                                        .asText());
        return new Container(engine, id, name, settings.user(), request.limits().memoryBytes());
    }

    void start() throws ExecutionException {
        engine.call("start the container " + name, () -> engine.post(path("/start")));
    }

    /** Describes a process to the engine and returns the id that starts it. */
    String prepare(List<String> words, Map<String, String> environment) throws ExecutionException {
        var variables =
                environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
        var description =
                Map.of(
                        "AttachStdout",
                        true,
                        "AttachStderr",
                        true,
                        "User",
                        user.toString(),
                        "Env",
                        variables,
                        "WorkingDir",
                        "/",
                        "Cmd",
                        words);
        return engine.call(
                "run a command in the container " + name,
                () -> engine.post(path("/exec"), description).path("Id").asText());
    }

    Exec start(String exec, CommandOutput output) {
        return Exec.start(engine, exec, output);
    }

    /** Waits until a process has begun, or never will. */
    void awaitBegin(String exec, Exec output) throws ExecutionException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!output.end().isDone() && System.nanoTime() < deadline) {
            if (inspect(exec).path("Pid").asInt() > 0) {
                return;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private JsonNode inspect(String exec) throws ExecutionException {
        return engine.call(
                "inspect a command in the container " + name,
                () -> engine.get("/exec/" + exec + "/json"));
    }

    /** Waits for a moment: the output ends before the engine knows the exit code. */
    int exitCode(String exec) throws ExecutionException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var state = inspect(exec);
            if (!state.path("Running").asBoolean() && state.path("ExitCode").isInt()) {
                return state.path("ExitCode").asInt();
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        throw new ExecutionException(
                Kind.LOST,
                "Docker does not tell how a command in the container %s ended".formatted(name));
    }

    /** Returns why a command's output broke off: because the container is gone, or the engine. */
    ExecutionException lost(IOException broken) {
        try {
            return new ExecutionException(
                    Kind.LOST,
                    isGone()
                            ? "The container %s disappeared while it was used: somebody removed it"
                                    .formatted(name)
                            : "The connection to the container %s broke off: %s"
                                    .formatted(name, Failures.reason(broken)),
                    broken);
        } catch (IOException e) {
            return Failures.of(engine, "inspect the container " + name, e);
        }
    }

    /** Returns whether it was removed. */
    boolean isGone() throws IOException {
        try {
            engine.attempt(() -> engine.get(path("/json")));
            return false;
        } catch (Refusal e) {
            return e.status() == Refusal.NOT_FOUND;
        }
    }

    /** Returns whether the image has a file of that path. Its content is not transferred. */
    boolean hasFile(String file) throws ExecutionException {
        return engine.call(
                "look into the container " + name,
                () -> {
                    try {
                        var archive = path("/archive?path=" + Engine.quoted(file));
                        engine.open("GET", archive, Engine.NO_BODY).close();
                        return true;
                    } catch (Refusal e) {
                        if (e.status() == Refusal.NOT_FOUND) {
                            return false;
                        }
                        throw e;
                    }
                });
    }

    /** Runs a short script of ours and returns its output, or null if it did not succeed. */
    @Nullable String ask(List<String> words) throws ExecutionException {
        var answer = new ByteArrayOutputStream();
        var id = prepare(words, Map.of());
        var exec = start(id, new Answer(answer));
        if (!exec.awaitEnd(PATIENCE)) {
            exec.abandon();
            return null;
        }
        return exec.isBroken() || exitCode(id) != 0
                ? null
                : answer.toString(StandardCharsets.UTF_8);
    }

    private record Answer(ByteArrayOutputStream text) implements CommandOutput {

        @Override
        public void stdout(byte[] bytes, int offset, int length) {
            text.write(bytes, offset, length);
        }

        @Override
        public void stderr(byte[] bytes, int offset, int length) {}
    }

    /** Ends every process at once and starts anew. What is in {@code /tmp} is lost. */
    void restart() throws ExecutionException {
        engine.call("restart the container " + name, () -> engine.post(path("/restart?t=0")));
    }

    /** Removes it with all its processes and volumes. What fails is left to the next sweep. */
    void remove() {
        try {
            engine.attempt(() -> remove(engine, id));
        } catch (IOException e) {
            log.warn(
                    "The container {} could not be removed now; it will be swept: {}",
                    name,
                    Failures.reason(e));
        }
    }

    /** Returns whether it was there to be removed. */
    static boolean remove(Engine engine, String id) throws IOException {
        try {
            engine.delete("/containers/" + id + "?force=1&v=1");
            return true;
        } catch (Refusal e) {
            // It is gone, or somebody else is removing it.
            if (e.status() == Refusal.NOT_FOUND || e.status() == Refusal.CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    String path(String rest) {
        return "/containers/" + id + rest;
    }
}
