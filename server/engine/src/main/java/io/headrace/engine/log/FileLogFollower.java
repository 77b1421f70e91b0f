package io.headrace.engine.log;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a log by reading its file whenever its {@link Tail} says that it has grown; where that
 * does not know, because another process writes it, by looking at the file now and then.
 */
final class FileLogFollower implements LogFollower {

    /** How often to look whether a log has grown that another process writes. */
    private static final Duration ELSEWHERE = Duration.ofMillis(200);

    private final Logs logs;
    private final LogPlace place;
    private final Tail tail;
    private @Nullable OpenLog log;
    private @Nullable BatchCursor cursor;
    private long next;
    private boolean ended;
    private boolean closed;

    FileLogFollower(Logs logs, LogPlace place, Tail tail, long from) {
        this.logs = logs;
        this.place = place;
        this.tail = tail;
        next = from;
    }

    @Override
    public List<LogLine> next(int limit, Duration patience)
            throws IOException, InterruptedException {
        var until = System.nanoTime() + patience.toNanos();
        while (!ended) {
            var seen = tail.state();
            var lines = read(limit, seen);
            if (!lines.isEmpty() || ended) {
                return lines;
            }
            var left = Duration.ofNanos(until - System.nanoTime());
            var pause = seen == null && left.compareTo(ELSEWHERE) > 0 ? ELSEWHERE : left;
            if (!tail.awaitChange(seen, pause)) {
                if (left.compareTo(Duration.ZERO) <= 0) {
                    break;
                }
                if (seen == null) {
                    openAnew();
                }
            }
        }
        return List.of();
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            logs.release(place.attempt());
            if (log != null) {
                log.close();
            }
        }
    }

    /** A writer in another process tells nobody how far it has come: the file does. */
    private void openAnew() throws IOException {
        if (log != null && !log.state().ended()) {
            log.close();
            log = null;
            cursor = null;
        }
    }

    private List<LogLine> read(int limit, @Nullable LogState seen) throws IOException {
        if (log == null || cursor == null) {
            var found = logs.find(place, seen);
            if (found.isEmpty()) {
                ended = seen != null && seen.ended();
                return List.of();
            }
            log = found.get();
            cursor = new BatchCursor(log.source(), log.state().raw());
            cursor.seek(log.floor(next));
        }
        var state = seen == null ? log.state() : seen;
        cursor.allow(state.raw());
        var lines = new ArrayList<LogLine>();
        var room = FileLogReader.MAX_TEXT;
        while (lines.size() < limit && room > 0 && cursor.next()) {
            if (cursor.firstLine() + cursor.lines() > next) {
                room -= cursor.length();
                var full = BatchLines.of(cursor).add(lines, next, Long.MAX_VALUE, limit);
                next = lines.isEmpty() ? next : lines.getLast().number() + 1;
                if (full && next < cursor.firstLine() + cursor.lines()) {
                    cursor.seek(cursor.entry());
                }
            }
        }
        if (lines.isEmpty()) {
            cursor.checkEnd();
        }
        ended = state.ended() && next > state.lines();
        return lines;
    }
}
