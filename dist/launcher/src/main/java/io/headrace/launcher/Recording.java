package io.headrace.launcher;

import io.headrace.FastStart;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the AOT cache of the JVM for the next starts: first a rehearsal is watched, then the cache
 * is made of what was seen. Both are done by processes of their own.
 */
final class Recording {

    /** Far more than a slow machine needs at the lowest priority. */
    private static final long PATIENCE_MINUTES = 10;

    /** Between the start and the recording, and between looks whether the server is idle. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /** A system property for tests, which can't wait so long: the pause, in milliseconds. */
    private static final String PAUSE_PROPERTY = "headrace.fast-start.pause";

    /** Profiles of methods, kept in the cache, would make a start compile more than it gains. */
    private static final List<String> NO_PROFILES =
            List.of(
                    "-XX:+IgnoreUnrecognizedVMOptions",
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:-AOTRecordTraining");

    private static final Logger LOG = Logger.getLogger(Recording.class.getName());

    private static final int SHOWN_CHARACTERS = 2000;

    private final FastStart fast;
    private final boolean inBackground;
    private volatile @Nullable Process process;
    private volatile boolean ended;

    Recording(FastStart fast, boolean inBackground) {
        this.fast = fast;
        this.inBackground = inBackground;
    }

    /** Makes the cache in the background, once {@code idle} says that nothing would suffer. */
    void makeWhen(BooleanSupplier idle) {
        var pause = Long.getLong(PAUSE_PROPERTY, PAUSE.toMillis());
        Thread.ofPlatform()
                .name("start-cache")
                .daemon()
                .start(() -> {
                    try {
                        do {
                            Thread.sleep(pause);
                        } while (!idle.getAsBoolean());
                        make();
                    } catch (IOException | RuntimeException e) {
                        LOG.warning("The next start won't be faster: " + e.getMessage());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /**
     * Makes the cache, and deletes those of other JVMs and options.
     *
     * @throws IOException saying why there is no cache
     * @throws InterruptedException if interrupted; the processes have ended then
     */
    void make() throws IOException, InterruptedException {
        var target = fast.cache().toPath();
        Files.createDirectories(target.getParent());
        // Also what a recording left that was killed.
        fast.forgetOthers();
        var folder = Files.createTempDirectory(target.getParent(), "recording-");
        var hook = new Thread(this::end);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            var configuration = folder.resolve("seen");
            var fresh = folder.resolve("cache");
            run(
                    folder,
                    List.of(
                            "-XX:AOTMode=record",
                            "-XX:AOTConfiguration=" + configuration,
                            "-D" + FastStart.PROPERTY + "=off",
                            "-D" + Rehearsal.PROPERTY + "=true"),
                    "--port",
                    "0",
                    "--home",
                    folder.resolve("home").toString());
            run(
                    folder,
                    List.of(
                            "-XX:AOTMode=create",
                            "-XX:AOTConfiguration=" + configuration,
                            "-XX:AOTCache=" + fresh));
            if (!Files.exists(fresh)) {
                throw new IOException("this Java made no cache: " + output(folder));
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            end();
            delete(folder);
            forget(hook);
        }
    }

    private void run(Path folder, List<String> options, String... args)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (inBackground && new File("/usr/bin/nice").canExecute()) {
            command.addAll(List.of("/usr/bin/nice", "-n", "19"));
        }
        var all = new ArrayList<String>(NO_PROFILES);
        all.addAll(options);
        command.addAll(fast.recordingCommand(all, args));
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log(folder).toFile());
        // It must not touch what this server is told to use, such as its database.
        builder.environment().keySet().removeIf(name -> name.startsWith("HEADRACE_"));
        var started = builder.start();
        process = started;
        if (ended) {
            started.destroyForcibly();
        }
        if (!started.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            // Its files can be deleted when it is gone.
            started.destroyForcibly().waitFor();
            throw new IOException("it took longer than " + PATIENCE_MINUTES + " minutes");
        }
        if (started.exitValue() != 0) {
            throw new IOException(
                    "exit code " + started.exitValue() + ", after saying: " + output(folder));
        }
    }

    private static Path log(Path folder) {
        return folder.resolve("output");
    }

    private static String output(Path folder) throws IOException {
        var text = Files.readString(log(folder)).strip().replaceAll("\\s*\\R\\s*", " | ");
        return text.substring(Math.max(0, text.length() - SHOWN_CHARACTERS));
    }

    /** Ends what runs and lets nothing begin. */
    private void end() {
        ended = true;
        var running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and runs it.
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
