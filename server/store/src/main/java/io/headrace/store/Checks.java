package io.headrace.store;

import io.headrace.engine.StoreException;
import io.headrace.engine.TimeId;
import io.headrace.engine.backup.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Looks whether the rows of a database fit together: whether what is counted is what is there, and
 * whether what is said in two places is the same. It only reads, in constant memory, and looks at a
 * million runs within minutes. Derby must be used by nobody else meanwhile.
 */
final class Checks {

    /** How many rows are shown that break the same invariant. */
    static final int SHOWN = 20;

    private static final int FETCH = 1000;

    /** Columns that hold ids which people know in another form. */
    private static final Set<String> IDS = Set.of("run", "job", "attempt", "project");

    private final Vendor vendor;
    private final Progress progress;

    Checks(Vendor vendor, Progress progress) {
        this.vendor = vendor;
        this.progress = progress;
    }

    Findings run() throws SQLException {
        var migrations = new Migrations(vendor);
        var found = migrations.found();
        if (found < migrations.known()) {
            throw new StoreException(
                    "The database has the schema %d, and this program checks %d; start a server once, which brings it up to date"
                            .formatted(found, migrations.known()));
        }
        try (var connection = vendor.snapshot()) {
            try (var sql = new Sql(connection)) {
                Copying.refuseUnfinished(sql);
                return run(connection);
            } finally {
                connection.rollback();
            }
        }
    }

    private Findings run(Connection connection) throws SQLException {
        var invariants = new ArrayList<>(Invariant.ofRuns());
        invariants.addAll(Invariant.ofThePresent());
        invariants.addAll(Invariant.ofLocks());
        invariants.addAll(Invariant.ofLooseReferences());
        invariants.addAll(Invariant.ofSchema(Catalogue.read(connection)));
        var checked = new ArrayList<String>();
        var broken = new ArrayList<Findings.Broken>();
        for (var invariant : invariants) {
            progress.at(invariant.name(), 0);
            checked.add(invariant.name());
            var wrong = new Wrong();
            switch (invariant.test()) {
                case Invariant.Test.None none -> none(connection, none, wrong);
                case Invariant.Test.Same same -> same(connection, same, wrong);
            }
            if (wrong.count > 0) {
                broken.add(
                        new Findings.Broken(
                                invariant.name(),
                                invariant.meaning(),
                                invariant.remedy(),
                                wrong.count,
                                wrong.rows));
            }
        }
        return new Findings(checked, broken);
    }

    /** Rows that break an invariant. */
    private static final class Wrong {

        private long count;
        private final List<String> rows = new ArrayList<>();

        void add(String row) {
            if (++count <= SHOWN) {
                rows.add(row);
            }
        }
    }

    private static void none(Connection connection, Invariant.Test.None test, Wrong wrong)
            throws SQLException {
        try (var statement = statement(connection, test.sql());
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                wrong.add(describe(rows));
            }
        }
    }

    private static String describe(ResultSet row) throws SQLException {
        var columns = row.getMetaData();
        var words = new ArrayList<String>();
        for (var i = 1; i <= columns.getColumnCount(); i++) {
            var name = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
            var value = row.getString(i);
            words.add(
                    value != null && IDS.contains(name)
                            ? name(name, Long.parseLong(value))
                            : name + " " + (value == null ? "null" : value));
        }
        return String.join(", ", words);
    }

    /** Returns an id as people know it, and as the database has it. */
    private static String name(String kind, long id) {
        return IDS.contains(kind)
                ? "%s %s (%d)".formatted(kind, TimeId.text(id), id)
                : kind + " " + id;
    }

    /** Walks through both lists, which have the same order, at once. */
    private static void same(Connection connection, Invariant.Test.Same test, Wrong wrong)
            throws SQLException {
        try (var saying = statement(connection, test.said());
                var being = statement(connection, test.is());
                var said = saying.executeQuery();
                var is = being.executeQuery()) {
            var moreSaid = said.next();
            var moreIs = is.next();
            while (moreSaid || moreIs) {
                var order =
                        !moreIs ? -1 : !moreSaid ? 1 : Long.compare(said.getLong(1), is.getLong(1));
                var id = order <= 0 ? said.getLong(1) : is.getLong(1);
                var kept = order <= 0 ? said.getLong(2) : 0;
                var counted = order >= 0 ? is.getLong(2) : 0;
                if (kept != counted) {
                    wrong.add(
                            "%s says %,d, and there are %,d"
                                    .formatted(name(test.kind(), id), kept, counted));
                }
                moreSaid = order <= 0 ? said.next() : moreSaid;
                moreIs = order >= 0 ? is.next() : moreIs;
            }
        }
    }

    private static PreparedStatement statement(Connection connection, String sql)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        statement.setFetchSize(FETCH);
        return statement;
    }
}
