package io.headrace.store;

import io.headrace.engine.run.AttemptId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What jobs need that is down just now. The truth is the table {@code breaker}; this is a copy of
 * those rows that say anything against a dependency. Belongs to the writer's thread, but for {@link
 * #isSuspect}.
 */
final class HeldNeeds {

    /** How old the copy may be where other controllers write, too. */
    private static final Duration FRESH = Duration.ofMillis(250);

    /** A job that tries a dependency has so long to say how it was. */
    private static final Duration TRIAL = Duration.ofMinutes(2);

    private volatile Map<String, Row> known = Map.of();
    private long readAt;
    private boolean read;

    private record Row(boolean held, @Nullable Instant tryAt, @Nullable Instant trialUntil) {}

    /** Has everything read again before it is used. */
    void forget() {
        read = false;
    }

    /** Returns whether anything is known against a dependency. */
    boolean isSuspect(String key) {
        return known.containsKey(key);
    }

    /** Returns what jobs that are claimed may not need. */
    Set<String> held(Transaction transaction) throws SQLException {
        refresh(transaction);
        var held = new HashSet<String>();
        known.forEach((key, row) -> {
            if (row.held()) {
                held.add(key);
            }
        });
        return held;
    }

    private void refresh(Transaction transaction) throws SQLException {
        if (read && System.nanoTime() - readAt < FRESH.toNanos()) {
            return;
        }
        var rows = new HashMap<String, Row>();
        transaction
                .sql()
                .list(
                        "select name, state, try_at, trial_until from breaker"
                                + " where state > 0 or failures > 0",
                        row ->
                                rows.put(
                                        row.text(1),
                                        new Row(
                                                row.small(2) > 0,
                                                row.timeOrNull(3),
                                                row.timeOrNull(4))));
        known = Map.copyOf(rows);
        read = true;
        readAt = System.nanoTime();
    }

    /**
     * Lets one job try a dependency that is down, if it is time; nobody else does then until the
     * end of the transaction.
     */
    boolean mayTry(Transaction transaction, String key) throws SQLException {
        var row = known.get(key);
        var now = transaction.now();
        if (row == null
                || row.tryAt() == null
                || row.tryAt().isAfter(now)
                || (row.trialUntil() != null && row.trialUntil().isAfter(now))) {
            return false;
        }
        return transaction
                .sql()
                .exists(
                        "select 1 from breaker where name = ? and state > 0 and try_at <= ?"
                                + " and (trial_until is null or trial_until <= ?)"
                                + transaction.lockIfFree(),
                        key,
                        now,
                        now);
    }

    /** Notes which attempt tries. */
    void tries(Transaction transaction, String key, AttemptId attempt) throws SQLException {
        transaction
                .sql()
                .update(
                        "update breaker set state = 2, trial_id = ?, trial_until = ?,"
                                + " changed_at = case when state = 2 then changed_at else ? end"
                                + " where name = ?",
                        attempt.value(),
                        transaction.now().plus(TRIAL),
                        transaction.now(),
                        key);
        forget();
        transaction.onRollback(this::forget);
    }

    /**
     * Returns the labels that a worker has, and beside them every need but those that are held, as
     * {@link Lane#suits} asks for them.
     */
    static Set<String> abilities(Collection<String> labels, Set<String> held) {
        return new AbstractSet<>() {
            @Override
            public boolean contains(Object wanted) {
                var text = String.valueOf(wanted);
                if (text.startsWith(Lane.NEED)) {
                    return !held.contains(text.substring(Lane.NEED.length()));
                }
                return labels.contains(text);
            }

            @Override
            public Iterator<String> iterator() {
                return List.copyOf(labels).iterator();
            }

            @Override
            public int size() {
                return labels.size();
            }
        };
    }
}
