package io.headrace.executor.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control group (version 2) that holds the processes of one execution. Nothing that a process
 * does to its session, parents or environment takes it out, and all can be killed in one go.
 *
 * @param directory where the kernel shows it
 */
record ControlGroup(Path directory) {

    private static final Logger log = LoggerFactory.getLogger(ControlGroup.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Where a process writes {@code 0} to join. */
    Path door() {
        return directory.resolve("cgroup.procs");
    }

    boolean exists() {
        return Files.exists(directory);
    }

    /** Returns whether any process is alive in here or below. */
    boolean isPopulated() {
        try {
            return Files.readString(directory.resolve("cgroup.events")).contains("populated 1");
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the processes in here and below. */
    List<ProcessHandle> members() {
        return tree().stream()
                .flatMap(group -> pids(group).stream())
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
    }

    private static List<Long> pids(Path group) {
        try {
            return Files.readAllLines(group.resolve("cgroup.procs")).stream()
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException e) {
            // Removed meanwhile, so it has none.
            return List.of();
        }
    }

    /**
     * Takes a process in, with all its threads; what it starts from now on is in here too.
     *
     * @throws IOException if that is not allowed, or it is gone
     */
    void add(long pid) throws IOException {
        Files.writeString(door(), Long.toString(pid));
    }

    /** Kills all in here and below; they may take a moment to be gone. */
    void kill() throws IOException {
        try {
            Files.writeString(directory.resolve("cgroup.kill"), "1");
        } catch (NoSuchFileException e) {
            // Removed, so nothing is alive in it.
        }
    }

    /**
     * Kills all in here and below, then removes it. What can't be killed is logged and left to a
     * later sweep. Not stopped by an interrupt.
     */
    void dispose() {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var interrupted = false;
        while (true) {
            try {
                if (isPopulated()) {
                    kill();
                }
                remove();
                break;
            } catch (IOException e) {
                // A process on its way out still counts for a moment.
                if (System.nanoTime() > deadline) {
                    log.error("The control group {} can't be emptied and removed", directory, e);
                    break;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove() throws IOException {
        for (var group : tree().reversed()) {
            Files.deleteIfExists(group);
        }
    }

    private List<Path> tree() {
        if (!exists()) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(directory);
        }
    }
}
