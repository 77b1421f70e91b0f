package io.headrace.executor.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import io.headrace.api.ExecutionRequest;
import io.headrace.api.Executor;
import io.headrace.api.PluginContext;
import io.headrace.api.SettingsSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each attempt a container of its own on a Docker engine.
 *
 * <p>The container idles; each command is an exec in it. It carries labels by which it is found
 * again when the server was killed.
 */
@Extension
public final class DockerExecutor implements Executor {

    private static final Logger log = LoggerFactory.getLogger(DockerExecutor.class);

    private record Setup(DockerSettings settings, Engine engine, Images images) {}

    private volatile @Nullable Setup setup;

    @Override
    public String type() {
        return "docker";
    }

    @Override
    public boolean runsImages() {
        return true;
    }

    @Override
    public SettingsSchema settings() {
        return DockerSettings.SCHEMA;
    }

    @Override
    public void configure(PluginContext context) {
        var settings = DockerSettings.of(context.settings());
        var engine = new Engine(EngineAddress.of(settings.host(), System.getenv()));
        setup = new Setup(settings, engine, new Images(engine, settings));
    }

    @Override
    public Optional<String> unavailable() {
        try {
            setup().engine().alive();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "The Docker engine does not answer, so jobs with an image can't run; start it, or correct the host of the executor 'docker'");
        }
    }

    @Override
    public Execution open(ExecutionRequest request)
            throws ExecutionException, InterruptedException {
        var now = setup();
        var image = Objects.requireNonNullElse(request.image(), now.settings().image());
        var mounted = isMounted(now) ? mounted(now, request.workspace()) : null;
        var id = now.images().provide(image, request.progress());
        var container =
                Container.create(
                        now.engine(),
                        now.settings(),
                        request,
                        image,
                        mounted == null ? null : mounted.root());
        try {
            now.images().checkShell(id, image, container);
            container.start();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new DockerExecution(
                    container, mounted == null ? new CopiedFiles(container) : mounted);
        } catch (ExecutionException | InterruptedException | RuntimeException e) {
            container.remove();
            throw e;
        }
    }

    private static boolean isMounted(Setup now) {
        return switch (now.settings().workspace()) {
            case AUTO -> now.engine().address().isLocal();
            case MOUNT -> true;
            case COPY -> false;
        };
    }

    private static MountedFiles mounted(Setup now, Path workspace) throws ExecutionException {
        try {
            return new MountedFiles(workspace, now.settings().user());
        } catch (IOException e) {
            throw new ExecutionException(
                    Kind.INVALID,
                    "The workspace can't be mounted, because there is no directory " + workspace,
                    e);
        }
    }

    @Override
    public int sweep(String installation, Predicate<String> isLive) throws InterruptedException {
        var engine = setup().engine();
        var removed = 0;
        for (var container : labelled(engine, installation)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            var execution = container.path("Labels").path(Container.EXECUTION).asText();
            if (!isLive.test(execution) && isRemoved(engine, container.path("Id").asText())) {
                removed++;
                log.info("Removed the container of {}, which nobody needs", execution);
            }
        }
        return removed;
    }

    /**
     * One that can't be removed now is tried again by the next sweep; others are not kept by it.
     */
    private static boolean isRemoved(Engine engine, String id) {
        try {
            return engine.attempt(() -> Container.remove(engine, id));
        } catch (IOException e) {
            log.warn("The container {} could not be removed: {}", id, Failures.reason(e));
            return false;
        }
    }

    /** Where there is no engine, there are no containers: many servers never use this executor. */
    private static JsonNode labelled(Engine engine, String installation) {
        try {
            var label = Container.INSTALLATION + "=" + installation;
            var filters = engine.json().writeValueAsString(Map.of("label", List.of(label)));
            var path = "/containers/json?all=1&filters=" + Engine.quoted(filters);
            return engine.attempt(() -> engine.get(path));
        } catch (IOException e) {
            log.debug("Left-over containers were not looked for", e);
            return MissingNode.getInstance();
        }
    }

    private Setup setup() {
        return Objects.requireNonNull(setup, "configure() comes first");
    }
}
