package io.headrace.executor.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads Linux's {@code /proc}. Processes come and go meanwhile; those gone are left out. */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    static boolean isAvailable() {
        return Files.isReadable(PROC.resolve("self/environ"));
    }

    /** What matters here of a process that is alive, zombies excluded. */
    record Entry(long pid, long group, long session) {

        /** Returns the markers in its environment; none where that may not be read. */
        List<Marker> markers() {
            try {
                return Marker.in(Files.readAllBytes(PROC.resolve(pid + "/environ")));
            } catch (IOException e) {
                // Gone, or of another user, which could not be ended either.
                return List.of();
            }
        }
    }

    static void forEach(Consumer<Entry> action) {
        try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var entry : entries) {
                var found = find(Long.parseLong(entry.getFileName().toString()));
                if (found != null) {
                    action.accept(found);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("/proc can't be listed", e);
        }
    }

    /** Returns the processes with numbers in {@code [from, to]}. */
    static List<Entry> range(long from, long to) {
        var found = new ArrayList<Entry>();
        for (var pid = from; pid <= to; pid++) {
            var entry = find(pid);
            if (entry != null) {
                found.add(entry);
            }
        }
        return found;
    }

    /** Returns the number that the kernel gave out last; -1 where it does not say. */
    static long lastPid() {
        try {
            var fields = Files.readString(PROC.resolve("loadavg")).strip().split(" ", -1);
            return Long.parseLong(fields[fields.length - 1]);
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    private static @Nullable Entry find(long pid) {
        var directory = PROC.resolve(Long.toString(pid));
        if (!Files.exists(directory)) {
            return null;
        }
        try {
            var stat =
                    new String(
                            Files.readAllBytes(directory.resolve("stat")),
                            StandardCharsets.ISO_8859_1);
            // The name, in parentheses, may hold anything; the fields follow the last one.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
            var state = fields[0].charAt(0);
            return state == 'Z' || state == 'X'
                    ? null
                    : new Entry(pid, Long.parseLong(fields[2]), Long.parseLong(fields[3]));
        } catch (IOException e) {
            return null;
        }
    }
}
