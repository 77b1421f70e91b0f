package io.headrace.engine.log;

import io.headrace.engine.run.AttemptId;
import java.nio.file.Path;

/**
 * The files of one log. It is written to {@link #live}, renamed to {@link #ended} at its end, and
 * later replaced by {@link #packed} if it is long. Whoever looks for a log looks in that order, so
 * that none slips through.
 *
 * @param live while it is written
 * @param ended complete, not compressed
 * @param packed complete, compressed
 * @param index of the first two, if they are longer than {@link IndexWriter#SPACING}
 */
record LogPlace(AttemptId attempt, Path live, Path ended, Path packed, Path index) {

    /**
     * Ids begin with the time, so five characters make a directory for each 4.4 minutes: small
     * enough at 100 logs a second, and old logs are in directories of their own.
     */
    static LogPlace of(Path root, AttemptId attempt) {
        var name = attempt.toString();
        var directory = root.resolve(name.substring(0, 3)).resolve(name.substring(3, 5));
        return new LogPlace(
                attempt,
                directory.resolve(name + ".live"),
                directory.resolve(name + ".log"),
                directory.resolve(name + ".logz"),
                directory.resolve(name + ".idx"));
    }

    Path directory() {
        var directory = live.getParent();
        if (directory == null) {
            throw new IllegalStateException("No directory: " + live);
        }
        return directory;
    }
}
