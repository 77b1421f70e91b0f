package io.headrace.store;

import io.headrace.engine.Page;
import io.headrace.engine.deadletter.CauseGroup;
import io.headrace.engine.deadletter.DeadLetter;
import io.headrace.engine.deadletter.DeadLetter.State;
import io.headrace.engine.deadletter.DeadLetterFilter;
import io.headrace.engine.deadletter.DeadLetterId;
import io.headrace.engine.deadletter.DeadLetterStore;
import io.headrace.engine.retry.Failure;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunId;
import io.headrace.store.Operation.Turn;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dead letters in a database. */
final class DatabaseDeadLetters implements DeadLetterStore {

    private static final String SELECT =
            "select d.id, d.run_id, p.name, r.number, d.job_id, j.job_key, d.attempt_id,"
                    + " d.attempts, d.failure, d.reason, d.cause, d.cause_key, d.died_at, d.state,"
                    + " d.handled_at, d.handled_by, d.again_run_id from dead_letter d"
                    + " join run r on r.id = d.run_id join job j on j.id = d.job_id"
                    + " join project p on p.id = d.project_id";

    private final Core core;

    DatabaseDeadLetters(Core core) {
        this.core = core;
    }

    private static DeadLetter letter(Row row) throws SQLException {
        var again = row.numberOrNull(17);
        return new DeadLetter(
                new DeadLetterId(row.number(1)),
                new RunId(row.number(2)),
                row.text(3),
                row.number(4),
                new JobId(row.number(5)),
                row.text(6),
                new AttemptId(row.number(7)),
                row.small(8),
                failure(row.text(9)),
                row.text(10),
                row.text(11),
                row.text(12),
                row.time(13),
                state(row.small(14)),
                row.timeOrNull(15),
                row.textOrNull(16),
                again == null ? null : new RunId(again));
    }

    private static int code(State state) {
        return switch (state) {
            case OPEN -> 0;
            case REQUEUED -> 1;
            case DISMISSED -> 2;
        };
    }

    private static State state(int code) {
        return switch (code) {
            case 0 -> State.OPEN;
            case 1 -> State.REQUEUED;
            case 2 -> State.DISMISSED;
            default -> throw new IllegalStateException("The database holds state " + code);
        };
    }

    private static Failure failure(String name) {
        var known = DetailReads.failure(name);
        return known == null ? Failure.UNKNOWN : known;
    }

    @Override
    public Optional<DeadLetter> find(DeadLetterId id) {
        return core.readers()
                .read(sql ->
                        sql.first(
                                SELECT + " where d.id = ?",
                                DatabaseDeadLetters::letter,
                                id.value()));
    }

    @Override
    public Page<DeadLetter> list(DeadLetterFilter filter, @Nullable String after, int limit) {
        Cursors.check(limit);
        var before = Cursors.id(after);
        var where = new ArrayList<String>();
        var values = new ArrayList<@Nullable Object>();
        if (filter.state() != null) {
            where.add("d.state = ?");
            values.add(code(filter.state()));
        }
        if (filter.project() != null) {
            where.add("p.name_key = ?");
            values.add(filter.project().toLowerCase(Locale.ROOT));
        }
        if (filter.causeKey() != null) {
            where.add("d.cause_key = ?");
            values.add(filter.causeKey());
        }
        if (before != null) {
            where.add("d.id < ?");
            values.add(before);
        }
        var query =
                SELECT
                        + (where.isEmpty() ? "" : " where " + String.join(" and ", where))
                        + " order by d.id desc fetch first "
                        + (limit + 1)
                        + " rows only";
        var found =
                core.readers()
                        .read(sql ->
                                sql.list(query, DatabaseDeadLetters::letter, values.toArray()));
        return Cursors.page(found, limit, letter -> letter.id().toString());
    }

    @Override
    public List<CauseGroup> groups(int limit) {
        Cursors.check(limit);
        return core.readers()
                .read(sql ->
                        sql.list(
                                "select cause_key, min(cause), min(failure), count(*),"
                                        + " count(distinct project_id), min(died_at), max(died_at)"
                                        + " from dead_letter where state = 0 group by cause_key"
                                        + " order by count(*) desc, cause_key fetch first "
                                        + limit
                                        + " rows only",
                                row ->
                                        new CauseGroup(
                                                row.text(1),
                                                row.text(2),
                                                failure(row.text(3)),
                                                row.small(4),
                                                row.small(5),
                                                row.time(6),
                                                row.time(7))));
    }

    @Override
    public int depth() {
        return core.readers()
                .read(sql ->
                        sql.first(
                                        "select count(*) from dead_letter where state = 0",
                                        row -> row.small(1))
                                .orElse(0));
    }

    @Override
    public Resumed resume(DeadLetterId id, String who) {
        var letter = find(id);
        if (letter.isEmpty()) {
            return Resumed.NOT_OPEN;
        }
        var run = letter.get().run().value();
        return core.writer()
                .call(
                        Turn.RUN,
                        run,
                        transaction ->
                                new Resumption(transaction, core).resume(run, letter.get(), who));
    }

    @Override
    public int requeued(RunId run, RunId in, String who) {
        return core.writer()
                .call(
                        Turn.RUN,
                        run.value(),
                        transaction ->
                                transaction
                                        .sql()
                                        .update(
                                                "update dead_letter set state = 1, handled_at = ?,"
                                                        + " handled_by = ?, again_run_id = ?"
                                                        + " where run_id = ? and state = 0",
                                                transaction.now(),
                                                Texts.fit(who, 1000),
                                                in.value(),
                                                run.value()));
    }

    @Override
    public boolean dismiss(DeadLetterId id, String who) {
        var letter = find(id);
        return letter.isPresent()
                && core.writer()
                        .call(
                                Turn.RUN,
                                letter.get().run().value(),
                                transaction ->
                                        transaction
                                                        .sql()
                                                        .update(
                                                                "update dead_letter set state = 2,"
                                                                        + " handled_at = ?, handled_by"
                                                                        + " = ? where id = ? and state"
                                                                        + " = 0",
                                                                transaction.now(),
                                                                Texts.fit(who, 1000),
                                                                id.value())
                                                == 1);
    }

    @Override
    public int discard(Instant before, int limit) {
        Cursors.check(limit);
        var old =
                core.readers()
                        .read(sql ->
                                sql.list(
                                        "select id, run_id from dead_letter where died_at < ?"
                                                + " order by died_at fetch first "
                                                + limit
                                                + " rows only",
                                        row -> new long[] {row.number(1), row.number(2)},
                                        before));
        for (var letter : old) {
            core.writer()
                    .call(
                            Turn.RUN,
                            letter[1],
                            transaction ->
                                    transaction
                                            .sql()
                                            .update(
                                                    "delete from dead_letter where id = ?",
                                                    letter[0]));
        }
        return old.size();
    }
}
