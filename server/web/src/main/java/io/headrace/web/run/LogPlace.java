package io.headrace.web.run;

import io.headrace.engine.Refused;
import io.headrace.engine.run.AttemptId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How far a reader of a run's logs has come, as the text of {@code Last-Event-ID}: the newest
 * attempt that was begun, then each attempt that is not read to its end with the number of its last
 * line, such as {@code 05k3…9.05k3…7-12}. An attempt up to the first one that is not named is read
 * to its end. Ids of attempts sort by their age, so the text is as long as there are open attempts,
 * however many there were.
 *
 * <p>Used by one thread.
 */
final class LogPlace {

    private static final String END = "end";
    private static final Pattern FORM =
            Pattern.compile("[0-9a-z]{13}(?:\\.[0-9a-z]{13}-[0-9]{1,18})*");

    private final TreeMap<AttemptId, Long> open = new TreeMap<>();
    private AttemptId newest = new AttemptId(0);
    private boolean end;

    static LogPlace parse(String text) {
        var place = new LogPlace();
        if (text.equals(END)) {
            place.end = true;
        } else if (FORM.matcher(text).matches()) {
            var parts = text.split("\\.", -1);
            place.newest = AttemptId.parse(parts[0]);
            for (var i = 1; i < parts.length; i++) {
                var dash = parts[i].indexOf('-');
                place.open.put(
                        AttemptId.parse(parts[i].substring(0, dash)),
                        Long.valueOf(parts[i].substring(dash + 1)));
            }
        } else if (!text.isEmpty()) {
            throw Refused.invalid(
                    "'%s' is no Last-Event-ID of this stream; leave it out to begin at the start"
                            .formatted(text));
        }
        return place;
    }

    /** Returns the place before a line of an attempt, of those that were begun the newest. */
    static LogPlace before(AttemptId attempt, long line) {
        var place = new LogPlace();
        place.newest = attempt;
        place.open.put(attempt, line - 1);
        return place;
    }

    boolean atEnd() {
        return end;
    }

    /** Returns the number of the line to begin with, or 0 if the attempt is read to its end. */
    long begin(AttemptId attempt) {
        if (attempt.compareTo(newest) <= 0) {
            var last = open.get(attempt);
            return last == null ? 0 : last + 1;
        }
        newest = attempt;
        open.put(attempt, 0L);
        return 1;
    }

    /** Begins attempts, oldest first, so that none is taken for one that was read. */
    Map<AttemptId, Long> begin(Iterable<AttemptId> attempts) {
        var sorted = new TreeMap<AttemptId, Boolean>();
        attempts.forEach(attempt -> sorted.put(attempt, true));
        var first = new LinkedHashMap<AttemptId, Long>();
        for (var attempt : sorted.keySet()) {
            var line = begin(attempt);
            if (line > 0) {
                first.put(attempt, line);
            }
        }
        return first;
    }

    void read(AttemptId attempt, long line) {
        open.put(attempt, line);
    }

    void finished(AttemptId attempt) {
        open.remove(attempt);
    }

    void finish() {
        end = true;
    }

    @Override
    public String toString() {
        if (end) {
            return END;
        }
        var text = new StringJoiner(".");
        text.add(newest.toString());
        open.forEach((attempt, line) -> text.add(attempt + "-" + line));
        return text.toString();
    }
}
