package io.headrace.store;

import io.headrace.engine.queue.QueueRules;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The queue that controllers share: an index of the database, in which each line is a range. What
 * this controller knows of the lines may be a little old; what it takes is read, and locked, in the
 * index, and what others have locked is skipped. So a claim costs the same however many jobs wait.
 */
final class SharedQueue implements ReadyQueue {

    /** How old our knowledge may be of what others did, at least. */
    private static final long FRESH_MICROS = 200_000;

    /** Of all its time, so much is spent at most on knowing. */
    private static final int PART_FOR_READING = 20;

    private final QueueRules rules;
    private final Notifier notifier;
    private final SharedLines lines = new SharedLines(new Shares());
    private long readAt;
    private long readTook;
    private long promotedAt;

    SharedQueue(QueueRules rules, Notifier notifier) {
        this.rules = rules;
        this.notifier = notifier;
    }

    @Override
    public void load(Sql sql) {
        // What is known may be of before the connection broke.
        readAt = 0;
    }

    @Override
    public void added(Transaction transaction, Ready ready) {
        transaction.onCommit(() -> lines.added(ready));
    }

    @Override
    public void withdrawn(Transaction transaction, long attempt) {
        // The index knows.
    }

    @Override
    public void claimed(Transaction transaction, LiveRow live) {
        var _ = lines.shares().member(live).take();
        forgetOnRollback(transaction);
    }

    @Override
    public void ended(Transaction transaction, LiveRow live) {
        var member = lines.shares().member(live);
        member.end();
        forgetOnRollback(transaction);
        if (member.isLimited()) {
            // Somebody else, whom the limit kept from it, may have his turn now.
            transaction.onCommit(() -> notifier.queued(Duration.ZERO));
        }
    }

    @Override
    public void ruled(Transaction transaction) {
        readAt = 0;
        transaction.onCommit(() -> notifier.queued(Duration.ZERO));
    }

    private void forgetOnRollback(Transaction transaction) {
        transaction.onRollback(() -> readAt = 0);
    }

    @Override
    public List<Long> pick(
            Transaction transaction, Collection<String> pools, Set<String> labels, int max)
            throws SQLException {
        promote(transaction);
        var now = Times.micros(transaction.now());
        var old = now - readAt;
        var known = old >= 0 && old < Math.max(FRESH_MICROS, PART_FOR_READING * readTook);
        if (!known) {
            read(transaction);
        }
        forgetOnRollback(transaction);
        var picked = new SharedPick(transaction, lines, pools, labels).pick(max);
        if (picked.isEmpty() && known) {
            // Another controller may have opened a line, or ended what a limit is for.
            read(transaction);
            picked = new SharedPick(transaction, lines, pools, labels).pick(max);
        }
        return picked;
    }

    private void read(Transaction transaction) throws SQLException {
        var begin = System.nanoTime();
        lines.read(transaction.sql(), transaction.now());
        readTook = (System.nanoTime() - begin) / 1000;
        readAt = Times.micros(transaction.now());
    }

    /** Makes what has waited for too long urgent: some of it each second, the oldest first. */
    private void promote(Transaction transaction) throws SQLException {
        var now = Times.micros(transaction.now());
        if (now - promotedAt < PROMOTE_MICROS && now >= promotedAt) {
            return;
        }
        promotedAt = now;
        var promoted =
                transaction
                        .sql()
                        .update(
                                "update live set urgent = 1 where attempt_id in (select attempt_id"
                                        + " from live where fence is null and urgent = 0"
                                        + " and created_at <= ? order by created_at limit "
                                        + PROMOTED
                                        + " for update skip locked)",
                                transaction.now().minus(rules.promoteAfter()));
        if (promoted > 0) {
            readAt = 0;
        }
    }

    @Override
    public List<Long> first(Core core, int limit) {
        return core.readers()
                .read(sql -> {
                    var read = new SharedLines(new Shares());
                    var now = core.vendor().now(sql);
                    read.read(sql, now);
                    return read.first(sql, now, limit);
                });
    }

    @Override
    public List<PoolCount> pools(Core core) {
        return core.readers().read(SharedLines::pools);
    }
}
