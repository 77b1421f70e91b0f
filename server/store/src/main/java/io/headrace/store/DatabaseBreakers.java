package io.headrace.store;

import io.headrace.engine.breaker.Breaker;
import io.headrace.engine.breaker.Breaker.State;
import io.headrace.engine.breaker.BreakerLimits;
import io.headrace.engine.breaker.BreakerStore;
import io.headrace.engine.retry.Dependency;
import io.headrace.engine.retry.Failure;
import io.headrace.store.Operation.Turn;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Breakers in a database. Each has a row of its own, which is the only one that is locked. */
final class DatabaseBreakers implements BreakerStore {

    private static final String SELECT =
            "select name, state, failures, successes, failure, reason, opened, changed_at,"
                    + " last_failure_at, try_at from breaker";

    private final Core core;

    DatabaseBreakers(Core core) {
        this.core = core;
    }

    private static Breaker breaker(Row row) throws SQLException {
        var failure = DetailReads.failure(row.text(5));
        return new Breaker(
                Dependency.parse(row.text(1)),
                switch (row.small(2)) {
                    case 0 -> State.CLOSED;
                    case 1 -> State.OPEN;
                    default -> State.HALF_OPEN;
                },
                row.small(3),
                row.small(4),
                failure == null ? Failure.UNKNOWN : failure,
                row.text(6),
                row.small(7),
                row.time(8),
                row.timeOrNull(9),
                row.timeOrNull(10));
    }

    @Override
    public void failed(Dependency dependency, Failure failure, String reason) {
        change(
                dependency,
                transaction -> {
                    var now = transaction.now();
                    var limits = BreakerLimits.of(failure);
                    var sql = transaction.sql();
                    var known = find(transaction, dependency);
                    if (known.isEmpty()) {
                        sql.update(
                                "insert into breaker (name, state, failures, successes, failure,"
                                        + " reason, opened, changed_at) values (?, 0, 0, 0, ?, '',"
                                        + " 0, ?)",
                                dependency.key(),
                                failure.name(),
                                now);
                    }
                    var failures = 1 + known.map(Breaker::failures).orElse(0);
                    var before = known.map(Breaker::state).orElse(State.CLOSED);
                    sql.update(
                            "update breaker set failures = ?, failure = ?, reason = ?,"
                                    + " last_failure_at = ? where name = ?",
                            failures,
                            failure.name(),
                            Texts.fit(reason, 4000),
                            now,
                            dependency.key());
                    if (before == State.HALF_OPEN
                            || (before == State.CLOSED && failures >= limits.failures())) {
                        sql.update(
                                "update breaker set state = 1, successes = 0, opened = opened + 1,"
                                        + " changed_at = ?, try_at = ?, trial_id = null,"
                                        + " trial_until = null where name = ?",
                                now,
                                now.plus(limits.timeout()),
                                dependency.key());
                        transaction.onCommit(() -> core.notifier().queued(limits.timeout()));
                    }
                    return true;
                });
    }

    @Override
    public void succeeded(Dependency dependency) {
        if (!core.held().isSuspect(dependency.key())) {
            return;
        }
        change(
                dependency,
                transaction -> {
                    var known = find(transaction, dependency);
                    if (known.isEmpty() || known.get().state() == State.OPEN) {
                        // What is open is believed only by whoever was sent to try.
                        return false;
                    }
                    var breaker = known.get();
                    var successes = breaker.successes() + 1;
                    if (breaker.state() == State.CLOSED
                            || successes >= BreakerLimits.of(breaker.failure()).successes()) {
                        return close(transaction, dependency);
                    }
                    transaction
                            .sql()
                            .update(
                                    "update breaker set successes = ?, try_at = ?,"
                                            + " trial_id = null, trial_until = null"
                                            + " where name = ?",
                                    successes,
                                    transaction.now(),
                                    dependency.key());
                    transaction.onCommit(() -> core.notifier().queued(Duration.ZERO));
                    return true;
                });
    }

    @Override
    public List<Breaker> list() {
        return core.readers()
                .read(sql -> sql.list(SELECT + " order by name", DatabaseBreakers::breaker));
    }

    @Override
    public boolean reset(Dependency dependency) {
        return change(
                dependency,
                transaction ->
                        find(transaction, dependency).isPresent()
                                && close(transaction, dependency));
    }

    private boolean close(Transaction transaction, Dependency dependency) throws SQLException {
        transaction
                .sql()
                .update(
                        "update breaker set state = 0, failures = 0, successes = 0, try_at = null,"
                                + " trial_id = null, trial_until = null,"
                                + " changed_at = case when state = 0 then changed_at else ? end"
                                + " where name = ?",
                        transaction.now(),
                        dependency.key());
        transaction.onCommit(() -> core.notifier().queued(Duration.ZERO));
        return true;
    }

    private static java.util.Optional<Breaker> find(Transaction transaction, Dependency dependency)
            throws SQLException {
        return transaction
                .sql()
                .first(
                        SELECT + " where name = ?" + transaction.lock(),
                        DatabaseBreakers::breaker,
                        dependency.key());
    }

    private boolean change(Dependency dependency, Operation<Boolean> operation) {
        return core.writer()
                .call(
                        Turn.SETTINGS,
                        dependency.key().hashCode(),
                        transaction -> {
                            transaction.onCommit(core.held()::forget);
                            return operation.run(transaction);
                        });
    }
}
