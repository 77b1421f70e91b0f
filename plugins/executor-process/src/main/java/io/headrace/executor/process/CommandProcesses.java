package io.headrace.executor.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All processes of one command, wherever they have gone.
 *
 * <p>A control group knows them all. Without one, they are those of the command's session and
 * process group, and those that carry its marker. Without {@code /proc} either, they are the
 * descendants, which misses what was orphaned. Used by one thread.
 */
final class CommandProcesses {

    private static final Logger log = LoggerFactory.getLogger(CommandProcesses.class);

    /** Below this age, process numbers can't have wrapped around since the command began. */
    private static final long YOUNG_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long MAX_RANGE = 512;
    private static final int MOVES = 20;
    private static final Duration KILL_TAKES_AT_MOST = Duration.ofSeconds(10);

    private final Process main;
    private final Marker marker;
    private final boolean hasTable;
    private final BooleanSupplier hurry;
    private final long started = System.nanoTime();
    private final Set<ProcessHandle> seenDescendants = new LinkedHashSet<>();
    private @Nullable ControlGroup group;

    /**
     * @param group that the command joined before it began, or null
     * @param hurry asked while waiting for the end: whether the grace is over early
     */
    CommandProcesses(
            Process main,
            Marker marker,
            @Nullable ControlGroup group,
            boolean hasTable,
            BooleanSupplier hurry) {
        this.main = main;
        this.marker = marker;
        this.group = group;
        this.hasTable = hasTable;
        this.hurry = hurry;
    }

    /**
     * Puts all into a control group while they run. If that can't be done for each, they are found
     * as if there were no group.
     */
    void moveInto(ControlGroup target) {
        try {
            for (var round = 0; round < MOVES; round++) {
                var inside = target.members();
                var outside = alive().stream().filter(each -> !inside.contains(each)).toList();
                if (outside.isEmpty()) {
                    group = target;
                    return;
                }
                for (var process : outside) {
                    move(process, target);
                }
            }
            log.debug("Execution {} starts processes faster than they can be moved", marker.id());
        } catch (IOException e) {
            log.warn("Processes can't be moved into {}", target.directory(), e);
        }
    }

    private static void move(ProcessHandle process, ControlGroup target) throws IOException {
        try {
            target.add(process.pid());
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
        }
    }

    /** Returns whether any may be alive. Costs little where none is and the command was short. */
    boolean anyAlive() {
        if (main.isAlive()) {
            return true;
        }
        if (group != null) {
            return group.isPopulated();
        }
        return !alive().isEmpty();
    }

    /** Asks all to end, waits, then kills what is left. Not stopped by an interrupt. */
    void end(Duration grace) {
        if (!grace.isZero() && !hurry.getAsBoolean()) {
            alive().forEach(ProcessHandle::destroy);
            awaitEnd(grace, hurry);
        }
        kill();
    }

    /** Kills all and waits until they are gone. */
    void kill() {
        var deadline = System.nanoTime() + KILL_TAKES_AT_MOST.toNanos();
        while (anyAlive()) {
            killOnce();
            if (awaitEnd(Duration.ofMillis(100), () -> false)) {
                return;
            }
            if (System.nanoTime() > deadline) {
                log.error(
                        "Processes {} of execution {} do not die, even by KILL; see what they wait"
                                + " for",
                        alive().stream().map(ProcessHandle::pid).toList(),
                        marker.id());
                return;
            }
        }
    }

    private void killOnce() {
        if (group != null) {
            try {
                group.kill();
            } catch (IOException e) {
                log.warn("{} can't be killed as a whole; killing one by one", group, e);
            }
        }
        alive().forEach(ProcessHandle::destroyForcibly);
    }

    private boolean awaitEnd(Duration time, BooleanSupplier enough) {
        var deadline = System.nanoTime() + time.toNanos();
        var pause = TimeUnit.MILLISECONDS.toNanos(1);
        var interrupted = false;
        while (anyAlive()) {
            if (System.nanoTime() > deadline || enough.getAsBoolean()) {
                break;
            }
            LockSupport.parkNanos(pause);
            interrupted |= Thread.interrupted();
            pause = Math.min(pause * 2, TimeUnit.MILLISECONDS.toNanos(50));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !anyAlive();
    }

    private List<ProcessHandle> alive() {
        var found = new ArrayList<ProcessHandle>();
        if (main.isAlive()) {
            found.add(main.toHandle());
        }
        if (group != null) {
            found.addAll(group.members());
        } else if (hasTable) {
            inTable().stream()
                    .flatMap(entry -> ProcessHandle.of(entry.pid()).stream())
                    .forEach(found::add);
        } else {
            main.descendants().forEach(seenDescendants::add);
            seenDescendants.stream().filter(ProcessHandle::isAlive).forEach(found::add);
        }
        return found;
    }

    /**
     * Every process of a command is younger than its main process, so for a short command only the
     * few numbers given out since need a look.
     */
    private List<ProcessTable.Entry> inTable() {
        var last = ProcessTable.lastPid();
        var found = new ArrayList<ProcessTable.Entry>();
        if (System.nanoTime() - started < YOUNG_NANOS
                && last >= main.pid()
                && last - main.pid() < MAX_RANGE) {
            ProcessTable.range(main.pid(), last).stream().filter(this::isOurs).forEach(found::add);
        } else {
            ProcessTable.forEach(entry -> {
                if (isOurs(entry)) {
                    found.add(entry);
                }
            });
        }
        return found;
    }

    private boolean isOurs(ProcessTable.Entry entry) {
        return entry.session() == main.pid()
                || entry.group() == main.pid()
                || entry.markers().contains(marker);
    }
}
