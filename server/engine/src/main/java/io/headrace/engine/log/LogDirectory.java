package io.headrace.engine.log;

import io.headrace.engine.TimeId;
import io.headrace.engine.run.AttemptId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which logs there are below a directory, oldest first; see {@link LogPlace}. */
record LogDirectory(Path root) {

    /** Of ids; see {@link TimeId}. Files that others put here stay. */
    private static final String DIGIT = "[0-9a-hjkmnp-tv-z]";

    private static final Pattern FIRST = Pattern.compile("[0-7]" + DIGIT + "{2}");
    private static final Pattern SECOND = Pattern.compile(DIGIT + "{2}");
    private static final Pattern FILE = Pattern.compile("[0-7]" + DIGIT + "{12}\\..*");
    private static final String EARLIEST = "0".repeat(8);

    /** Takes the logs of one directory, with the time when each was last written to. */
    interface Visitor {

        void visit(Map<AttemptId, Instant> logs) throws IOException;
    }

    /**
     * Shows all logs that were begun before {@code until}, and perhaps some later ones. Directories
     * that are empty afterwards are removed.
     */
    void visit(Instant until, Visitor visitor) throws IOException {
        for (var first : children(root, FIRST)) {
            for (var second : children(first, SECOND)) {
                if (startOf(first, second).isAfter(until)) {
                    return;
                }
                visitor.visit(logs(second));
                removeIfEmpty(second);
            }
            removeIfEmpty(first);
        }
    }

    private static Instant startOf(Path first, Path second) {
        return TimeId.madeAt(TimeId.parse(name(first) + name(second) + EARLIEST));
    }

    private static Map<AttemptId, Instant> logs(Path directory) throws IOException {
        var logs = new TreeMap<AttemptId, Instant>();
        for (var file : children(directory, FILE)) {
            try {
                logs.merge(
                        AttemptId.parse(name(file).substring(0, 13)),
                        Files.getLastModifiedTime(file).toInstant(),
                        (a, b) -> a.isAfter(b) ? a : b);
            } catch (NoSuchFileException _) {
                // Renamed meanwhile, so it is in use or will be seen the next time.
            }
        }
        return logs;
    }

    private static List<Path> children(Path directory, Pattern names) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.filter(entry -> names.matcher(name(entry)).matches()).sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        }
    }

    private static void removeIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException _) {
            // Others are in it.
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
