package io.headrace.engine.health;

import io.headrace.api.Executor;
import io.headrace.engine.StoreException;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.worker.WorkerView;
import io.headrace.engine.worker.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server works: its database, its disk, its worker; and, as a warning, what its
 * executors rely on. Any number of threads may ask, as often as they like.
 */
public final class Health {

    /** From so many on, something is wrong for more than one job. */
    static final int MANY_DEAD = 10;

    /** Below this, soon nothing can be written any more. */
    static final long TOO_LITTLE = 64L << 20;

    /** Below this, the store of the file system takes no artifacts by default. */
    static final long LITTLE = 256L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final Runnable ping;
    private final Supplier<RunStore.Depth> depth;
    private final IntSupplier deadLetters;
    private final Workers workers;
    private final Look disks;
    private final Look executors;

    /**
     * @param ping asks the database for a sign of life, or throws {@link StoreException}
     * @param deadLetters counts those that are open
     * @param directories that the server writes to, by the name of what is in them
     */
    public Health(
            Runnable ping,
            Supplier<RunStore.Depth> depth,
            IntSupplier deadLetters,
            Workers workers,
            Map<String, Path> directories,
            Supplier<List<Executor>> executors) {
        this.ping = ping;
        this.depth = depth;
        this.deadLetters = deadLetters;
        this.workers = workers;
        this.disks =
                new Look(
                        () -> disks(directories),
                        Map.of("disk", Part.down("The disk does not answer; look at it")));
        this.executors =
                new Look(
                        () -> executors(executors.get()),
                        Map.of("executors", Part.warn("They do not answer within 3 seconds")));
    }

    /** Returns all parts by their names. */
    public Map<String, Part> look() {
        var parts = new LinkedHashMap<String, Part>();
        var database = database();
        parts.put("database", database);
        parts.putAll(disks.take());
        parts.put("worker", worker());
        if (database.state() == Part.State.UP) {
            parts.put("queue", queue());
            parts.put("dead-letters", dead());
        }
        parts.putAll(executors.take());
        return parts;
    }

    private Part database() {
        try {
            ping.run();
            return Part.up();
        } catch (StoreException e) {
            LOG.warn("Not ready: the database gives no sign of life", e);
            return Part.down("It gives no sign of life; the server's log says more");
        }
    }

    private Part queue() {
        try {
            var now = depth.get();
            return new Part(
                    Part.State.UP, "%d queued, %d running".formatted(now.queued(), now.running()));
        } catch (StoreException e) {
            LOG.warn("The queue can't be counted", e);
            return Part.warn("It can't be counted; the server's log says more");
        }
    }

    private Part dead() {
        try {
            var open = deadLetters.getAsInt();
            var words =
                    "%d open; see the page 'Queue', or: headrace dead-letters groups"
                            .formatted(open);
            return open < MANY_DEAD ? new Part(Part.State.UP, open + " open") : Part.warn(words);
        } catch (StoreException e) {
            LOG.warn("Dead letters can't be counted", e);
            return Part.warn("They can't be counted; the server's log says more");
        }
    }

    private Part worker() {
        var all = workers.list();
        if (all.isEmpty() || all.stream().anyMatch(WorkerView::online)) {
            return Part.up();
        }
        return Part.warn("No worker takes jobs just now");
    }

    private static Map<String, Part> disks(Map<String, Path> directories) {
        var parts = new LinkedHashMap<String, Part>();
        directories.forEach((name, directory) -> parts.put(name, disk(directory)));
        return parts;
    }

    private static Part disk(Path directory) {
        try {
            var file = Files.createTempFile(directory, "health", "");
            try {
                Files.writeString(file, "ok");
            } finally {
                // Also from a full disk, which still makes empty files.
                Files.deleteIfExists(file);
            }
            var free = Files.getFileStore(directory).getUsableSpace();
            if (free < LITTLE) {
                return new Part(
                        free < TOO_LITTLE ? Part.State.DOWN : Part.State.WARN,
                        "%d MiB are free; delete something, or enlarge the disk"
                                .formatted(free >> 20));
            }
            return Part.up();
        } catch (IOException e) {
            LOG.warn("Not ready: {} can't be written to", directory, e);
            return Part.down("The directory can't be written to; the server's log says more");
        }
    }

    private static Map<String, Part> executors(List<Executor> executors) {
        var parts = new LinkedHashMap<String, Part>();
        for (var executor : executors) {
            parts.put(executor.type(), executor(executor));
        }
        return parts;
    }

    /** Executors are plugins: what one throws must not hide the others. */
    private static Part executor(Executor executor) {
        try {
            return executor.unavailable().map(Part::warn).orElseGet(Part::up);
        } catch (RuntimeException e) {
            LOG.warn("The executor '{}' can't be asked how it is", executor.type(), e);
            return Part.warn("It can't say how it is; the server's log says more");
        }
    }
}
