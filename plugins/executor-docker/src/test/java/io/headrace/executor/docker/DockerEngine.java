package io.headrace.executor.docker;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives tests a real Docker engine: the one that runs on this machine, or else one that is started
 * for these tests and stopped after the last of them.
 *
 * <p>There are two images, {@link #BUSYBOX} and {@link #GIT}, made of this machine's programs.
 */
public final class DockerEngine implements BeforeAllCallback {

    /** A busybox with all its commands, and nothing else. */
    public static final String BUSYBOX = "headrace-test/busybox:1";

    /** The same with git; see {@link #provideGit}. */
    public static final String GIT = "headrace-test/git:1";

    private @Nullable Running running;

    /** Made by JUnit; finds or starts its engine before the first test. */
    public DockerEngine() {}

    DockerEngine(Engine engine) {
        running = new Running(engine, null);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        running =
                context.getRoot()
                        .getStore(ExtensionContext.Namespace.GLOBAL)
                        .getOrComputeIfAbsent(Running.class, _ -> Running.find(), Running.class);
        provide(BUSYBOX);
    }

    /** Returns the engine's address. */
    public String host() {
        return running().engine.address().toString();
    }

    /** Returns the engine itself. */
    Engine engine() {
        return running().engine;
    }

    /** Makes a busybox image of that name, if there is none. */
    public void provide(String image) throws IOException {
        provide(image, TestImage.busybox());
    }

    /** Makes the image {@link #GIT}, if there is none. */
    public void provideGit() throws IOException {
        provide(GIT, TestImage.withGit());
    }

    /** Makes an image of that name, if there is none. */
    void provide(String image, TestImage content) throws IOException {
        try {
            engine().get("/images/" + Engine.quoted(image) + "/json");
        } catch (Refusal absent) {
            engine().open(
                            "POST",
                            "/images/create?fromSrc=-&repo=" + Engine.quoted(image),
                            Map.of("Content-Type", "application/x-tar"),
                            content.tar())
                    .close();
        }
    }

    private Running running() {
        return Objects.requireNonNull(running);
    }

    /** An engine in use, and the daemon to stop afterwards if it is ours. */
    private record Running(Engine engine, @Nullable Daemon daemon) implements AutoCloseable {

        static Running find() {
            var usual = new Engine(EngineAddress.of("", System.getenv()));
            if (answers(usual)) {
                return new Running(usual, null);
            }
            var daemon = Daemon.start();
            return new Running(daemon.engine(), daemon);
        }

        static boolean answers(Engine engine) {
            try {
                engine.get("/version");
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            if (daemon != null) {
                daemon.close();
            }
        }
    }
}
