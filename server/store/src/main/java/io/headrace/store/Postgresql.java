package io.headrace.store;

import io.headrace.engine.StoreException;
import io.headrace.engine.queue.QueueRules;
import io.headrace.engine.run.Status;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL: any number of controllers, and its own clock. */
final class Postgresql implements Vendor {

    private static final Logger LOG = LoggerFactory.getLogger(Postgresql.class);

    /** The first half of our advisory locks: "hdrc" in ASCII. The second is the number. */
    private static final int LOCKS = 0x68647263;

    private static final int CONTROLLERS = 1024;

    /** How long the server may take for an answer; {@code socketTimeout} in the URL wins. */
    private static final int SILENCE_SECONDS = 30;

    private final PGSimpleDataSource source;
    private @Nullable Connection presence;
    private @Nullable Wakeups wakeups;
    private int number;

    private Postgresql(PGSimpleDataSource source) {
        this.source = source;
    }

    /**
     * @throws StoreException if the server can't be reached
     */
    static Postgresql open(DatabaseConfig config) {
        var source = new PGSimpleDataSource();
        source.setUrl(config.url());
        if (!config.user().isEmpty()) {
            source.setUser(config.user());
        }
        if (!config.password().isEmpty()) {
            source.setPassword(config.password());
        }
        source.setApplicationName("headrace");
        source.setReWriteBatchedInserts(true);
        source.setPrepareThreshold(2);
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(10);
        if (source.getSocketTimeout() == 0) {
            // A network that swallows everything must not hold the writer for ever.
            source.setSocketTimeout(SILENCE_SECONDS);
        }
        var postgresql = new Postgresql(source);
        try (var connection = postgresql.connect()) {
            LOG.debug("Opened {}", connection.getMetaData().getDatabaseProductVersion());
            return postgresql;
        } catch (SQLException e) {
            throw new StoreException(
                    "Cannot reach the database at "
                            + config
                            + "; check database.url, database.user and database.password: "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public Connection connect() throws SQLException {
        var connection = source.getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return connection;
    }

    @Override
    public Connection snapshot() throws SQLException {
        var connection = connect();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        return connection;
    }

    @Override
    public Vendor still(Path directory) {
        // A snapshot is still whatever others do; this instance has nothing to close.
        return new Postgresql(source);
    }

    @Override
    public DataSource source() {
        return source;
    }

    @Override
    public Instant now(Sql sql) throws SQLException {
        return sql.first(
                        "select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)",
                        row -> row.time(1))
                .orElseThrow();
    }

    @Override
    public String lock() {
        return " for update";
    }

    @Override
    public String lockIfFree() {
        return " for update skip locked";
    }

    @Override
    public boolean tryLock(Sql sql, String name) throws SQLException {
        return sql.first(
                        "select pg_try_advisory_xact_lock(hashtextextended(?, 0))::int",
                        row -> row.flag(1),
                        name)
                .orElse(false);
    }

    @Override
    public boolean startRun(Transaction transaction, long run) throws SQLException {
        var sql = transaction.sql();
        if (sql.exists("select 1 from run where id = ? and started_at is not null", run)) {
            return true;
        }
        // Whoever has locked the run may be waiting for a row that we have: don't wait for them.
        if (!sql.exists("select 1 from run where id = ? for update skip locked", run)) {
            return false;
        }
        sql.update(
                "update run set status = ?, started_at = ?, version = version + 1"
                        + " where id = ? and started_at is null",
                Status.RUNNING,
                transaction.now(),
                run);
        return true;
    }

    @Override
    public String folder() {
        return "postgresql";
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of("text", "text");
    }

    @Override
    public ReadyQueue queue(QueueRules rules, Notifier notifier) {
        return new SharedQueue(rules, notifier);
    }

    /**
     * Takes a number that nobody has, and that nobody had for a long time: a process whose
     * connections broke, or that was frozen, goes on with the number that it has.
     */
    @Override
    public synchronized int controller() throws SQLException {
        var connection = source.getConnection();
        presence = connection;
        try (var sql = new Sql(connection)) {
            for (var tries = 0; tries < CONTROLLERS; tries++) {
                var next = next(sql);
                if (take(sql, next)) {
                    number = next;
                    return next;
                }
            }
        }
        throw new StoreException(
                "There are " + CONTROLLERS + " controllers on this database already; stop one");
    }

    private static int next(Sql sql) throws SQLException {
        return sql.first("select nextval('controller_number')", row -> row.small(1)).orElseThrow();
    }

    /** Says on a connection that this process has a number; false if another says so already. */
    static boolean take(Sql sql, int number) throws SQLException {
        return sql.first(
                        "select pg_try_advisory_lock(?, ?)::int", row -> row.flag(1), LOCKS, number)
                .orElse(false);
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public synchronized void connectTo(Notifier notifier) {
        var connected = new Wakeups(source, number, notifier);
        connected.start();
        notifier.tellToo(connected);
        wakeups = connected;
    }

    @Override
    public synchronized void close() {
        if (wakeups != null) {
            wakeups.close();
        }
        if (presence != null) {
            try {
                presence.close();
            } catch (SQLException e) {
                LOG.debug("Closing the connection that held this controller's number", e);
            }
        }
    }
}
