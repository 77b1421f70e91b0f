package io.headrace.store;

import io.headrace.engine.Duties;
import java.time.Duration;

/** Duties of the processes that share a database, as leases in it. */
final class DatabaseDuties implements Duties {

    private final Core core;
    private final long me;

    DatabaseDuties(Core core) {
        this.core = core;
        this.me = core.ids().next();
    }

    @Override
    public boolean hold(String duty, Duration time) {
        // Most of the time somebody else has it: that costs no commit.
        var taken =
                core.readers()
                        .read(sql ->
                                sql.exists(
                                        "select 1 from lease where name = ? and holder <> ?"
                                                + " and held_until > ?",
                                        duty,
                                        me,
                                        core.vendor().now(sql)));
        return !taken && core.writer().change(transaction -> take(transaction, duty, time));
    }

    private boolean take(Transaction transaction, String duty, Duration time)
            throws java.sql.SQLException {
        var sql = transaction.sql();
        var now = transaction.now();
        var until = now.plus(time);
        if (sql.update(
                        "update lease set held_until = ? where name = ? and holder = ?"
                                + " and held_until > ?",
                        until,
                        duty,
                        me,
                        now)
                > 0) {
            return true;
        }
        if (sql.update(
                        "update lease set held_until = ?, holder = ?, fence = fence + 1"
                                + " where name = ? and held_until <= ?",
                        until,
                        me,
                        duty,
                        now)
                > 0) {
            return true;
        }
        if (sql.exists("select 1 from lease where name = ?", duty)) {
            return false;
        }
        sql.update(
                "insert into lease (name, holder, fence, held_until) values (?, ?, 1, ?)",
                duty,
                me,
                until);
        return true;
    }
}
