package io.headrace.executor.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import io.headrace.executor.docker.DockerSettings.PullPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that an image is there. */
final class Images {

    private static final Logger log = LoggerFactory.getLogger(Images.class);

    /** Ids of images that are known to have one; an id never changes its content. */
    private final Set<String> withShell = ConcurrentHashMap.newKeySet();

    private final Engine engine;
    private final DockerSettings settings;

    Images(Engine engine, DockerSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /**
     * Pulls the image where the settings say so.
     *
     * @param progress is told how far that has come
     * @return its id
     */
    String provide(String name, Consumer<String> progress)
            throws ExecutionException, InterruptedException {
        var image = ImageName.of(name);
        if (settings.pull() == PullPolicy.ALWAYS) {
            return refresh(image, progress);
        }
        var present = find(image);
        if (present != null) {
            return present;
        }
        if (settings.pull() == PullPolicy.NEVER) {
            throw new ExecutionException(
                    Kind.NO_SUCH_IMAGE,
                    "There is no image '%s' on the Docker engine, and pulling is switched off. Load it there (`docker pull`), or set 'pull' of the Docker executor to 'missing'"
                            .formatted(image));
        }
        return pull(image, progress);
    }

    /** An image that is here is better than none when its registry can't be reached just now. */
    private String refresh(ImageName image, Consumer<String> progress)
            throws ExecutionException, InterruptedException {
        try {
            return pull(image, progress);
        } catch (ExecutionException e) {
            var present = e.kind().isTransient() ? find(image) : null;
            if (present == null) {
                throw e;
            }
            log.warn("Using the image '{}' as it is here: {}", image, e.getMessage());
            return present;
        }
    }

    /** Returns the image's id, or null if it is not here. */
    private @Nullable String find(ImageName image) throws ExecutionException {
        return engine.<@Nullable String>call(
                "look for the image '" + image + "'",
                () -> {
                    try {
                        return engine.get("/images/" + Engine.quoted(image.name()) + "/json")
                                .path("Id")
                                .asText();
                    } catch (Refusal e) {
                        // A malformed name is refused as such; pulling it will say so.
                        if (e.status() == Refusal.NOT_FOUND || e.status() == Refusal.MALFORMED) {
                            return null;
                        }
                        throw e;
                    }
                });
    }

    /**
     * Commands need a shell. Without one the container would end as soon as it is started, and the
     * engine would not say why.
     *
     * @param id the image's
     * @param container made of it
     */
    void checkShell(String id, String image, Container container) throws ExecutionException {
        if (withShell.contains(id)) {
            return;
        }
        if (!container.hasFile("/bin/sh")) {
            throw new ExecutionException(
                    Kind.INVALID,
                    "The image '%s' has no /bin/sh, which commands need; use one with a shell"
                            .formatted(image));
        }
        withShell.add(id);
    }

    private String pull(ImageName image, Consumer<String> progress)
            throws ExecutionException, InterruptedException {
        download(image, new PullProgress(image.toString(), progress, Clock.systemUTC()));
        var id = find(image);
        if (id == null) {
            throw new ExecutionException(
                    Kind.NO_SUCH_IMAGE,
                    "The image '%s' was pulled, but is not on the Docker engine. Somebody may have removed it; try again"
                            .formatted(image));
        }
        return id;
    }

    /**
     * Pulls on a thread of its own; to interrupt that closes its connection, which ends the pull.
     */
    private void download(ImageName image, PullProgress progress)
            throws ExecutionException, InterruptedException {
        var pull =
                new FutureTask<Void>(() -> {
                    follow(image, progress);
                    return null;
                });
        Thread.ofVirtual().name("docker-pull-" + image).start(pull);
        try {
            pull.get(settings.pullTimeout().toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ExecutionException(
                    Kind.UNAVAILABLE,
                    "Pulling the image '%s' took longer than %d s. Pull it once by hand (`docker pull`), or raise 'pull-timeout' of the Docker executor"
                            .formatted(image, settings.pullTimeout().toSeconds()),
                    e);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw failure(image, refusal);
            }
            if (e.getCause() instanceof IOException io) {
                throw Failures.of(engine, "pull the image '" + image + "'", io);
            }
            throw new IllegalStateException(e);
        } finally {
            pull.cancel(true);
        }
    }

    /** The engine reports progress as a stream of objects; a failure half-way is one of them. */
    private void follow(ImageName image, PullProgress progress) throws IOException {
        var path = "/images/create?fromImage=" + Engine.quoted(image.repository());
        if (!image.tag().isEmpty()) {
            path += "&tag=" + Engine.quoted(image.tag());
        }
        try (var answer = engine.open("POST", path, credentials(image), new byte[0]);
                var events =
                        engine.json()
                                .readerFor(JsonNode.class)
                                .<JsonNode>readValues(answer.body())) {
            while (events.hasNextValue()) {
                var event = events.nextValue();
                var error = event.path("error").asText("");
                if (!error.isEmpty()) {
                    throw new Refusal(500, error);
                }
                progress.take(event);
            }
        }
        progress.end();
    }

    private Map<String, String> credentials(ImageName image) throws IOException {
        if (settings.registry().isEmpty() || !settings.registry().equals(image.registry())) {
            return Map.of();
        }
        var login =
                engine.json()
                        .writeValueAsString(
                                Map.of(
                                        "username", settings.registryUser(),
                                        "password", settings.registryPassword(),
                                        "serveraddress", image.registry()));
        return Map.of(
                "X-Registry-Auth",
                Base64.getUrlEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    /** The engine reports most failures of a registry as its own (500): the message tells. */
    private static ExecutionException failure(ImageName image, Refusal refusal) {
        var said = refusal.said();
        var text = said.toLowerCase(Locale.ROOT);
        if (text.contains("invalid reference format")) {
            return ImageName.malformed(image.name(), said);
        }
        if (text.contains("no space left")) {
            return new ExecutionException(
                    Kind.EXHAUSTED,
                    "The disk of the Docker engine is full: %s. Free some of it (`docker system prune`)"
                            .formatted(said),
                    refusal);
        }
        // Docker Hub says "denied" of what does not exist, too.
        if (refusal.status() == Refusal.NOT_FOUND
                || mentions(text, "manifest unknown", "not found", "does not exist")) {
            return new ExecutionException(
                    Kind.NO_SUCH_IMAGE,
                    "There is no image '%s': %s. Check its name and tag".formatted(image, said),
                    refusal);
        }
        if (mentions(text, "no basic auth", "unauthorized", "authentication", "denied")) {
            return new ExecutionException(
                    Kind.NOT_ALLOWED,
                    "The registry refused to give the image '%s': %s. Set 'registry', 'registry-user' and 'registry-password' of the Docker executor"
                            .formatted(image, said),
                    refusal);
        }
        return new ExecutionException(
                Kind.UNAVAILABLE,
                "The image '%s' could not be pulled: %s. Check that the Docker engine reaches the registry"
                        .formatted(image, said),
                refusal);
    }

    private static boolean mentions(String text, String... phrases) {
        return List.of(phrases).stream().anyMatch(text::contains);
    }
}
