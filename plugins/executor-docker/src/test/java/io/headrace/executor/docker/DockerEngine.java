package io.headrace.executor.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives tests a real Docker engine: the one that runs on this machine, or else one that is started
 * for these tests and stopped after the last of them.
 *
 * <p>There is one image, {@link #BUSYBOX}, made of this machine's own static busybox.
 */
public final class DockerEngine implements BeforeAllCallback {

    /** A busybox with all its commands, and nothing else. */
    public static final String BUSYBOX = "headrace-test/busybox:1";

    private static final Path BINARY = Path.of("/bin/busybox");

    private @Nullable Running running;

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
        try {
            engine().get("/images/" + Engine.quoted(image) + "/json");
        } catch (Refusal absent) {
            var tar = busybox();
            engine().open(
                            "POST",
                            "/images/create?fromSrc=-&repo=" + Engine.quoted(image),
                            Map.of("Content-Type", "application/x-tar"),
                            tar)
                    .close();
        }
    }

    private Running running() {
        return Objects.requireNonNull(running);
    }

    private static byte[] busybox() {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (var directory : List.of("bin/", "etc/", "tmp/", "usr/bin/")) {
                tar.putArchiveEntry(new TarArchiveEntry(directory));
                tar.closeArchiveEntry();
            }
            var program = new TarArchiveEntry("bin/busybox");
            program.setSize(Files.size(BINARY));
            program.setMode(0755);
            tar.putArchiveEntry(program);
            Files.copy(BINARY, tar);
            tar.closeArchiveEntry();
            for (var command : commands()) {
                var link = new TarArchiveEntry("bin/" + command, TarConstants.LF_SYMLINK);
                link.setLinkName("busybox");
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
            var users = "root:x:0:0:root:/:/bin/sh\n".getBytes(StandardCharsets.UTF_8);
            var passwd = new TarArchiveEntry("etc/passwd");
            passwd.setSize(users.length);
            tar.putArchiveEntry(passwd);
            tar.write(users);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The tests need a static busybox at %s; run ./headrace test, which installs it"
                            .formatted(BINARY),
                    e);
        }
        return bytes.toByteArray();
    }

    private static List<String> commands() throws IOException {
        var list = new ProcessBuilder(BINARY.toString(), "--list").start();
        try (var out = list.inputReader()) {
            return out.lines().filter(command -> !command.equals("busybox")).toList();
        }
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
